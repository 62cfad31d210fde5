//! What a user meets: help, missing parts, broken packs, the claims of a report, where a claim comes from.

mod common;

use std::io::Read;
use std::process::Stdio;

use common::{META, Place, REPORT};
use insta::assert_snapshot;

fn place_with_report() -> Place {
    let place = Place::new();
    place.file("report.txt", REPORT).file("report.meta.toml", META);
    place
}

#[test]
fn help_says_what_there_is() {
    assert_snapshot!(Place::new().run(&["--help"]).seen(), @"
    The books of a ceasefire: reads reports, records who claims what, sets it against what was agreed

    Usage: trucewatch [OPTIONS] <COMMAND>

    Commands:
      read          Read reports and print their claims
      brief         Write the brief of the ledger, or of a folder of reports
      explain       Show where a claim comes from: its sentence, the parse, and the rule behind each
                    field
      incidents     List what happened: by whose account, denied by whom
      incident      Show one incident with everything behind it
      findings      Set what happened against what was agreed
      agreements    List what was agreed, and whether it holds
      coverage      Say what was read of which days and areas, and what was not
      timeline      Put incidents, agreements and what is due in the order of days
      tolls         List figures of the dead, the wounded and the like, by who says them
      promises      Follow promised steps: where each stands, by whose word, what is due
      border        Where a border is: set proposals side by side, follow segments to their pillars
      line          Who watches which stretch of a line, what a post sees, where posts should stand
      publish       Write incidents, claims or the brief in a form that others can open
      serve         Open the room: pages and an API over the ledger, for this machine or for many
      add           Read reports and keep them in the ledger
      watch         Follow feeds and keep what they bring in the ledger
      reread        Read the ledger's documents again, where another version read them last
      search        Find documents of the ledger by words and places
      review        List what waits for somebody's decision
      decide        Record a decision on a claim, an incident, a source or a brief
      history       Show everything that was recorded about a claim or an incident
      diff          Say what changed in the brief between two times, and why
      issued        Print a brief as it was issued, or list all that were
      verify        Check that nothing in the ledger was changed
      prove         Write a proof that an entry is in the ledger
      verify-proof  Check such a proof, without the ledger
      checkpoint    Record and print a signed checkpoint of the ledger, to be kept elsewhere
      key           Print the key by which others check the ledger's signatures
      rebuild       Build again what is derived from the entries
      backup        Copy the ledger, while it is in use, to a file that is not there yet
      restore       Make the ledger of a backup, where none is yet
      export        Print the whole ledger with its history as lines of JSON
      import        Make the ledger of an export, where none is yet: its log has the same root
      remove        Remove what a document held, by policy; its hash and the reason stay
      mission       Run a mission: its mandate, what is proposed, who consents to what
      field         Add, import and list field reports, and write their form
      verification  Follow allegations to findings, and write the mission's reports
      exchange      Give sealed lists of prisoners, missing and dead; match them; note handovers
      keys          Make, register and list the keys by which parties sign what they state
      sign          Sign a statement, without the ledger
      submit        Take signed statements into the ledger
      packs         List the packs at hand, or check one
      completions   Print the completions of a shell
      man           Write the manual pages into a folder
      help          Print this message or the help of the given subcommand(s)

    Options:
          --ledger <PATH>  File of the ledger [default: books.ledger in the user's data folder] [env:
                           TRUCEWATCH_LEDGER]
      -h, --help           Print help
      -V, --version        Print version

    Exit codes:
      0  done
      1  error, nothing was done
      2  wrong arguments
      3  nothing to read in what was named
      4  done, but some of what was named could not be read (each is told on standard error)
      5  what was checked is not in order (verify, verify-proof)
    ");
}

#[test]
fn wrong_arguments_end_with_2() {
    let place = Place::new();
    assert_eq!(place.run(&[]).code, 2);
    assert_eq!(place.run(&["reed"]).code, 2);
    assert_snapshot!(place.run(&["read", "--format", "yaml"]).seen(), @"
    --- standard error
    error: invalid value 'yaml' for '--format <FORMAT>'
      [possible values: text, json, jsonl]

    For more information, try '--help'.
    --- exit code 2
    ");
    assert_snapshot!(place.run(&["read", "--date", "Monday"]).stderr, @"
    error: invalid value 'Monday' for '--date <DAY>': `Monday` is not a date such as 2020-10-10, 2020-10-10T12:00, 2020-10, 2020-09-27/.. or 2021-05~

    For more information, try '--help'.
    ");
}

#[test]
fn days_times_and_addresses_are_refused_with_what_they_look_like() {
    let place = Place::new();
    for (args, problem) in [
        (["brief", "--from", "2031-13-01"], "`2031-13-01` is no day such as 2031-03-08"),
        (["brief", "--as-of", "yesterday"], "`yesterday` is no time with its zone such as 2031-03-08T12:00Z"),
        (
            ["serve", "--listen", "here"],
            "`here` is no address with a port such as 127.0.0.1:8731 (ports go up to 65535)",
        ),
    ] {
        let ran = place.run(&args);
        assert_eq!(ran.code, 2);
        assert!(ran.stderr.contains(problem), "{}", ran.stderr);
    }
}

#[test]
fn without_a_model_the_message_says_how_to_get_one() {
    let place = Place::new();
    place.file("a.txt", "x");
    let ran = place.command(&["read", "a.txt"]).env_remove("TRUCEWATCH_MODEL").output().unwrap();
    assert_eq!(ran.status.code(), Some(1));
    let told = String::from_utf8(ran.stderr).unwrap().replace(&place.path().display().to_string(), "[HERE]");
    assert_snapshot!(told, @"
    error: no English model was found
    hint: `make model` fetches it into ./models; looked in [HERE]/home/.local/share/trucewatch/models, models, and neither --model nor TRUCEWATCH_MODEL is given
    ");
    assert_snapshot!(place.run(&["read", "a.txt", "--model", "nowhere"]).stderr, @"
    error: nowhere: no English model is there
    hint: `make model` fetches it into ./models
    ");
}

#[test]
fn a_report_in_a_terminal() {
    needs_model!();
    assert_snapshot!(place_with_report().run(&["read", "report.txt"]).seen(), @"
    report.txt  Ternwire, 4 March 2031

      report.txt:3  shelling asserted a45727b3e7d9ced8
        “Orlavan artillery had shelled the village of Hollin on Monday”
        says     The Veskan Defence Ministry (Vesk)
        who      Orlava → Vesk
        where    Hollin (-44.800, -124.960, precision 1)
        when     3 March 2031

      report.txt:3  casualties asserted e6ecdc269a1a176f
        “killing two farmers”
        says     The Veskan Defence Ministry (Vesk)
        who      Orlava → Vesk
        where    Hollin (-44.800, -124.960, precision 1)
        when     3 March 2031
        figure   2 killed, civilian, Vesk

      report.txt:6  shelling denied cfa812175fb8e5dd
        “Orlava denied that its guns had fired”
        says     Orlava
        who      Orlava → Vesk
        where    Hollin (-44.800, -124.960, precision 1)
        when     3 March 2031

      report.txt:6  gunfire denied 98c4f9541a680f90
        “its guns had fired”
        says     Orlava
        who      Orlava → Vesk
        where    Hollin (-44.800, -124.960, precision 1)
        when     3 March 2031
    ");
}

#[test]
fn a_report_as_json() {
    needs_model!();
    let ran = place_with_report().run(&["read", "report.txt", "--format", "jsonl", "--layers"]);
    let document = &ran.documents()[0];
    assert_eq!(document["doc"], "report.txt");
    assert_eq!(document["published"], "2031-03-04");
    let text: Vec<char> = REPORT.chars().collect();
    for claim in document["claims"].as_array().unwrap() {
        let [start, end] = ["start", "end"].map(|k| usize::try_from(claim[k].as_u64().unwrap()).unwrap());
        assert_eq!(claim["quote"].as_str().unwrap(), text[start..end].iter().collect::<String>());
    }
    for layer in ["statements", "dates", "places"] {
        assert!(!document[layer].as_array().unwrap().is_empty(), "no {layer}");
    }
}

#[test]
fn a_claim_explains_itself() {
    needs_model!();
    let place = place_with_report();
    let ran = place.run(&["read", "report.txt", "--format", "jsonl"]);
    let claims = ran.documents()[0]["claims"].clone();
    let denial = claims.as_array().unwrap().iter().find(|c| c["mode"] == "denied").unwrap();
    let id = denial["id"].as_str().unwrap();
    let explained = place.run(&["explain", id.get(..8).unwrap(), "report.txt"]);
    assert_eq!(explained.code, 0, "{}", explained.stderr);
    for part in ["report.txt", "mode", "denied", "its guns had fired", "nsubj", "speaker"] {
        assert!(explained.stdout.contains(part), "no `{part}` in\n{}", explained.stdout);
    }
    assert_snapshot!(place.run(&["explain", "ffff", "report.txt"]).seen(), @"
    --- standard error
    error: there is no claim `ffff` in what was named
    hint: ids come from text, words and type: name the same reports and packs as when it was read
    --- exit code 1
    ");
}

#[test]
fn a_brief_leads_back_to_its_sources() {
    needs_model!();
    let place = place_with_report();
    let ran = place.run(&["brief", ".", "--pack", "vesk-orlava"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stdout.contains("report.txt, sentence "), "{}", ran.stdout);
    let json: serde_json::Value = serde_json::from_str(&place.run(&["brief", ".", "--format", "json"]).stdout).unwrap();
    assert_eq!((&json["from"], &json["to"]), (&"2031-03-03".into(), &"2031-03-04".into()));
    assert_snapshot!(place.run(&["brief", ".", "--from", "2031-03-09", "--to", "2031-03-01"]).seen(), @"
    --- standard error
    error: the period from 2031-03-09 to 2031-03-01 has no day
    hint: the first day is no later than the last; without --from and --to the reports' own days are taken
    --- exit code 1
    ");
}

#[test]
fn the_number_of_threads_changes_nothing() {
    needs_model!();
    let place = Place::new();
    place.copy("samples/reports", "reports");
    let read =
        |threads: &str| place.run(&["read", "reports", "--format", "jsonl", "--layers", "--threads", threads]).stdout;
    let one = read("1");
    assert!(one.lines().count() > 30);
    assert!(one == read("4") && one == read("3"));
    let brief = |threads: &str| place.run(&["brief", "reports", "--threads", threads]).stdout;
    assert!(brief("1") == brief("4"));
}

#[test]
fn a_reader_who_goes_away_is_no_error() {
    needs_model!();
    let place = Place::new();
    place.copy("samples/reports", "reports");
    let mut command = place.command(&["read", "reports"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let mut told = String::new();
    child.stderr.take().unwrap().read_to_string(&mut told).unwrap();
    assert_eq!((child.wait().unwrap().code(), told.as_str()), (Some(0), ""));
}

#[test]
fn a_broken_pack_is_told_with_file_line_and_hint() {
    needs_model!();
    let place = place_with_report();
    place.copy("packs/vesk-orlava", "mine/vesk-orlava");
    place.file("mine/vesk-orlava/parties.toml", "[[party]]\nid = \"vesk\"\nkind = \"kingdom\"\ntitle = \"Vesk\"\n");
    assert_snapshot!(place.run(&["read", "report.txt", "--pack", "mine/vesk-orlava"]).seen(), @"
    --- standard error
    error: mine/vesk-orlava/parties.toml:3: unknown variant `kingdom`, expected one of `state`, `authority`, `armed-group`, `body`, `people`, `catchall`
    hint: compare the file with one of the same name in packs/world
    --- exit code 1
    ");
    assert_snapshot!(place.run(&["packs", "--packs-dir", "mine"]).seen(), @"
    --- standard error
    error: mine/vesk-orlava/parties.toml:3: unknown variant `kingdom`, expected one of `state`, `authority`, `armed-group`, `body`, `people`, `catchall`
    hint: compare the file with one of the same name in packs/world
    --- exit code 1
    ");
    assert_snapshot!(place.run(&["read", "report.txt", "--pack", "moon"]).seen(), @"
    --- standard error
    error: there is no pack `moon`
    hint: at hand are armenia-azerbaijan, ukraine-2014, vesk-orlava, world; another pack is named by its folder
    --- exit code 1
    ");
}

#[test]
fn a_pack_that_does_not_hold_together_is_told() {
    let place = Place::new();
    place.copy("packs/vesk-orlava", "mine/vesk-orlava");
    place.file(
        "mine/vesk-orlava/officials.toml",
        "[[official]]\nname = \"A B\"\nparty = \"moon\"\noffice = \"x\"\nfrom = \"2030-01-01\"\n",
    );
    assert_snapshot!(place.run(&["packs", "check", "mine/vesk-orlava"]).seen(), @"
    mine/vesk-orlava/officials.toml:3: A B: no pack defines the party `moon`
      hint: ids of parties stand in the `parties.toml` of a pack that is used
    --- exit code 1
    ");
}

#[test]
fn mistakes_in_mandates_and_lists_of_segments_are_told_by_line() {
    let place = Place::new();
    place.copy("packs/vesk-orlava", "mine/vesk-orlava");
    let path = "mine/vesk-orlava/missions/line-mission-2031.toml";
    let mandate = std::fs::read_to_string(place.path().join(path)).unwrap();
    place.file(path, mandate.replace("[\"Kethra\"]", "[\"Kethro\"]").replace("halmora-2031", "halmora-2032"));
    place.file("mine/vesk-orlava/missions/second.toml", mandate.replace("strength = 60", "strenght = 60"));
    place.file("mine/vesk-orlava/missions/third.toml", mandate.replace("\"-08:00\"", "\"eight\""));
    let segment = "[[segments]]\nsegment = \"a b\"\ntitle = \"A\"\n";
    place.file("mine/vesk-orlava/borders/bad.toml", segment);
    assert_snapshot!(place.run(&["packs", "check", "mine/vesk-orlava"]).seen());
}

#[test]
fn the_packs_of_the_repository_are_in_order() {
    let ran = Place::new().run(&["packs", "check"]);
    assert_eq!(ran.code, 0, "{}", ran.stdout);
}

#[test]
fn man_pages_and_completions_are_made() {
    let place = Place::new();
    assert_eq!(place.run(&["man", "pages"]).code, 0);
    let page = std::fs::read_to_string(place.path().join("pages/trucewatch-read.1")).unwrap();
    assert!(page.contains(".TH") && page.contains("max\\-bytes"));
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(place.run(&["completions", shell]).stdout.contains("trucewatch"));
    }
}
