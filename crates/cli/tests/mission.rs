//! A mission as its people and the parties' liaisons meet it: keys, mandate, proposals, answers.

#![expect(clippy::unwrap_used, reason = "a test")]

mod common;

use common::{Place, id, refused, root, run};

const MANDATE: &str = "packs/vesk-orlava/missions/line-mission-2031.toml";

/// A ledger in which both sides' keys are registered and the mandate is put forward; the mandate's id.
fn begun() -> (Place, String) {
    let place = Place::new();
    for party in ["vesk", "orlava"] {
        let key = run(&place, &["keys", "new", party]);
        place.file(&format!("{party}.pub"), key);
        let told = run(&place, &["keys", "register", &format!("{party}.pub"), "--party", party, "--by", "Orn"]);
        assert!(told.starts_with(&format!("key `{party}` registered for liaison of {party}  entry ")), "{told}");
    }
    place.file("mandate.toml", std::fs::read(root().join(MANDATE)).unwrap());
    let told = run(&place, &["mission", "mandate", "mandate.toml", "--by", "Orn"]);
    assert!(told.starts_with("mandate  ") && told.ends_with("entry 2\n"), "{told}");
    (place, id(&told))
}

fn answer(place: &Place, party: &str, proposal: &str, answer: &[&str]) -> String {
    let key = format!("{party}.key");
    let who = ["--party", party, "--by", "Tarn", "--key", &key];
    run(place, &[&["mission", "answer", proposal], answer, &who].concat())
}

#[test]
fn without_a_mandate_nothing_can_be_proposed() {
    let place = Place::new();
    run(&place, &["keys", "new", "vesk"]);
    place.file("vesk.pub", run(&place, &["keys", "new", "vesk", "--out", "b.key"]));
    run(&place, &["keys", "register", "vesk.pub", "--party", "vesk", "--by", "Orn"]);
    let told = refused(&place, &["mission", "propose", "post", "Post 9", "--by", "Orn"]);
    assert_eq!(told, "error: the ledger has no mission\nhint: `trucewatch mission mandate` begins one\n");
    let told = refused(&place, &["mission", "status"]);
    assert!(told.starts_with("error: the ledger has no mission"), "{told}");
}

#[test]
fn a_key_is_made_once_and_its_secret_is_not_registered() {
    let place = Place::new();
    run(&place, &["keys", "new", "vesk"]);
    assert_eq!(
        refused(&place, &["keys", "new", "vesk"]),
        "error: vesk.key: is there already\nhint: name a file that is not there yet\n"
    );
    let told = refused(&place, &["keys", "register", "vesk.key", "--party", "vesk", "--by", "Orn"]);
    assert!(told.starts_with("error: this is the secret half of a key, which is its owner's alone"), "{told}");
    assert!(refused(&place, &["keys", "new", "two words"]).contains("no name for a key"));
    let told = refused(&place, &["keys", "register", "a+b+c", "--party", "vesk", "--by", "Orn"]);
    assert!(told.contains("no verifier key"), "{told}");
    let told = refused(&place, &["keys", "register", "a+b+c", "--by", "Orn"]);
    assert!(told.contains("a liaison signs for a party"), "{told}");
}

#[test]
fn nothing_is_agreed_without_every_consent() {
    let (place, mandate) = begun();
    let proposed = run(&place, &["mission", "propose", "deployment", "Observers at Hollin", "--by", "Orn"]);
    let deployment = id(&proposed);
    answer(&place, "vesk", &mandate, &["consents"]);
    answer(&place, "vesk", &deployment, &["consents"]);
    let told = refused(&place, &["mission", "execute", &deployment, "--by", "Orn"]);
    assert!(
        told.contains("is open, not agreed: orlava has not answered; the mission's mandate is not agreed"),
        "{told}"
    );
    answer(&place, "orlava", &mandate, &["consents"]);
    answer(&place, "orlava", &deployment, &["on-condition", "by day only"]);
    let shown = run(&place, &["mission", "status"]);
    assert!(shown.contains("orlava consents on condition, signed by the key `orlava`: “by day only”"), "{shown}");
    assert!(shown.contains("  waits: orlava consents on condition (“by day only”)"), "{shown}");
    assert!(refused(&place, &["mission", "execute", &deployment, "--by", "Orn"]).contains("not agreed"));
    answer(&place, "orlava", &deployment, &["consents", "as far as the road"]);
    run(&place, &["mission", "execute", &deployment, "12 observers arrived", "--by", "Orn"]);
    answer(&place, "vesk", &deployment, &["withdraws", "they stand on our road"]);
    let shown = run(&place, &["mission", "status"]);
    assert!(shown.contains("Observers at Hollin  executed"), "{shown}");
    assert!(shown.contains("by day only") && shown.contains("as far as the road"), "{shown}");
    assert!(
        shown.contains("stands without consent: vesk has withdrawn its consent (“they stand on our road”)"),
        "{shown}"
    );
    run(&place, &["verify"]);
    assert!(run(&place, &["rebuild"]).contains("as it was") || run(&place, &["mission", "status"]) == shown);
}

#[test]
fn a_liaison_signs_offline_and_proves_its_own_entry() {
    let (place, mandate) = begun();
    let draft = place.run(&[
        "mission",
        "answer",
        &mandate,
        "consents",
        "--party",
        "vesk",
        "--by",
        "Tarn",
        "--mission",
        "line-mission-2031",
        "--draft",
        "--at",
        "2031-03-07T10:00:00Z",
        "--ledger",
        "nowhere.ledger",
    ]);
    assert_eq!(draft.code, 0, "{}", draft.stderr);
    place.file("answer.txt", &draft.stdout);
    let signed = place.run(&["sign", "answer.txt", "--key", "vesk.key"]);
    assert!(signed.stdout.starts_with(&draft.stdout) && signed.stdout.contains("\n\n— vesk "), "{}", signed.stdout);
    place.file("answer.signed", &signed.stdout);
    let told = refused(&place, &["submit", "answer.txt"]);
    assert!(told.starts_with("error: answer.txt: what `vesk` states is to be signed with its own key"), "{told}");
    place.file("bent.signed", signed.stdout.replace("consents", "refuses"));
    let told = refused(&place, &["submit", "bent.signed"]);
    assert!(told.contains("is signed by no key that is registered and good"), "{told}");
    let told = run(&place, &["submit", "answer.signed"]);
    assert!(told.starts_with("answer  ") && told.ends_with("entry 3, signed\n"), "{told}");
    let told = run(&place, &["submit", "answer.signed"]);
    assert!(told.ends_with("entry 3, there already\n"), "{told}");
    place.file("entry-3.proof", run(&place, &["prove", "3"])).file("log.key", run(&place, &["key"]));
    std::fs::remove_file(place.path().join("books.ledger")).unwrap();
    let proof = place.run(&["verify-proof", "entry-3.proof", "--key", "log.key", "--part", "answer.signed"]);
    assert!(
        proof.stdout.contains("a statement of") && proof.stdout.ends_with("answer.signed is its note\n"),
        "{}",
        proof.seen()
    );
}

#[test]
fn a_key_of_the_other_side_or_one_withdrawn_answers_nothing() {
    let (place, mandate) = begun();
    let told = refused(
        &place,
        &["mission", "answer", &mandate, "consents", "--party", "vesk", "--by", "Tarn", "--key", "orlava.key"],
    );
    assert!(
        told.contains("it is stated as liaison of `vesk`, and signed with the key of a liaison of `orlava`"),
        "{told}"
    );
    run(&place, &["keys", "withdraw", "vesk", "--by", "Orn", "--why", "lost at the bridge"]);
    let told = refused(
        &place,
        &["mission", "answer", &mandate, "consents", "--party", "vesk", "--by", "Tarn", "--key", "vesk.key"],
    );
    assert!(told.contains("no key that is registered and good"), "{told}");
    assert!(run(&place, &["keys", "list"]).contains("vesk  liaison of vesk  entry 0, withdrawn by entry 3"));
    run(&place, &["verify"]);
}

#[test]
fn each_side_sees_what_is_its_own_or_was_put_to_it() {
    let (place, mandate) = begun();
    for party in ["vesk", "orlava"] {
        answer(&place, party, &mandate, &["consents"]);
    }
    run(&place, &["mission", "propose", "visit", "Upper street of Dubrel", "--host", "orlava", "--by", "Orn"]);
    run(&place, &["mission", "note", "the guide was nervous", "--by", "Orn"]);
    let say = ["mission", "say", "our guns are silent", "--to", "orlava", "--party", "orlava", "--by", "Ives"];
    run(&place, &[&say[..], &["--key", "orlava.key"]].concat());
    let seen = |by: &str| run(&place, &["mission", "status", "--as", by]);
    let (vesk, orlava, chief) = (seen("liaison:vesk"), seen("liaison:orlava"), seen("chief"));
    assert!(!vesk.contains("Dubrel") && !vesk.contains("nervous") && !vesk.contains("silent"), "{vesk}");
    assert!(orlava.contains("Dubrel") && !orlava.contains("nervous") && orlava.contains("silent"), "{orlava}");
    assert!(chief.contains("Dubrel") && chief.contains("nervous"), "{chief}");
    assert!(!seen("public").contains("Dubrel"));
    let json: serde_json::Value =
        serde_json::from_str(&run(&place, &["mission", "status", "--as", "liaison:vesk", "--format", "json"])).unwrap();
    assert_eq!(json["missions"][0]["subjects"].as_array().unwrap().len(), 1);
    assert_eq!(json["missions"][0]["subjects"][0]["stage"], "agreed");
    let told = place.run(&["mission", "status", "--as", "liaison", "--ledger", "books.ledger"]);
    assert_eq!(told.code, 2);
}
