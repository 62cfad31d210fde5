//! The pipeline as a whole: same results whatever goes together, and no text that it cannot take.

mod common;

use std::time::{Duration, Instant};

use syntax::{Dep, LoadError, Model, Parse};

const TEXTS: [&str; 6] = [
    "Both sides accused each other of shelling villages near Orsa on Tuesday night.",
    "\"We did not fire first,\" the spokeswoman said. \"They did.\"",
    "",
    "The truce, signed in May, was broken within hours: three people died.",
    "See https://example.org/a?b=c for the U.N.'s 5km map (in Russian)...",
    "He didn't say who'd been hurt\n\nor where.",
];

/// All that a parse says, to be compared.
fn said(parse: &Parse) -> String {
    format!("{:?} {:?} {:?}", parse.tokens(), parse.sentences(), parse.entities())
}

fn each_alone(model: &Model, texts: &[&str]) -> Vec<String> {
    texts.iter().map(|t| said(&model.parse(&[t])[0])).collect()
}

fn together(model: &Model, texts: &[&str]) -> Vec<String> {
    model.parse(texts).iter().map(said).collect()
}

/// Tokens cover the text, heads and sentences are in order, edges hold.
fn check(parse: &Parse, text: &str) {
    let mut at = 0;
    for (i, token) in parse.tokens().iter().enumerate() {
        assert_eq!(token.span.start, at, "tokens follow each other");
        at = token.span.end + usize::from(token.space_after);
        assert!(!parse.word(i).is_empty() && token.head < parse.len());
        assert!(token.edges.0 <= i && i <= token.edges.1 && token.edges.1 < parse.len());
        let sentence = parse.sentence_of(i);
        assert!(sentence.contains(&i) && sentence.contains(&token.head), "heads stay in their sentence");
    }
    assert!(at == text.len() || parse.is_truncated(), "tokens cover the text");
    let covered: usize = parse.sentences().iter().map(ExactSizeIterator::len).sum();
    assert_eq!(covered, parse.len());
    assert!(parse.sentences().iter().all(|s| s.clone().any(|i| parse.tokens()[i].head == i)));
}

/// The words of a parse that are no part of a name of several words: what is said of each, its head by its text.
fn heads<'p>(parse: &'p Parse, names: &[&str]) -> Vec<(String, Dep, &'p str)> {
    let whole = |i: usize| !(parse.tokens()[i].dep == Dep::Compound && names.contains(&parse.word(i)));
    let of = |i: usize| {
        let token = &parse.tokens()[i];
        (format!("{:?} {:?}", token.tag, token.pos), token.dep, parse.word(token.head))
    };
    (0..parse.len()).filter(|&i| whole(i)).map(of).collect()
}

#[test]
fn a_name_of_several_words_is_analysed_as_one() {
    let Some(mut model) = common::folder().map(|f| Model::load(&f).unwrap()) else { return };
    let seen = [("Vesk", "Germany"), ("South Vesk", "Germany"), ("Republic of the Vesk", "Germany")];
    model.stand_in(seen.map(|(written, seen)| (written.to_owned(), seen.to_owned())));
    let texts = ["Vesk", "South Vesk", "Republic of the Vesk"]
        .map(|name| format!("On Monday {name}’s army left the hills that {name} had held."));
    let parses: Vec<Parse> = texts.iter().map(|t| model.parse(&[t]).remove(0)).collect();
    for (parse, text) in parses.iter().zip(&texts) {
        check(parse, text);
        assert_eq!(heads(parse, &["South", "Republic", "of", "the"]), heads(&parses[0], &[]), "{text}");
        assert_eq!(parse.entities().len(), parses[0].entities().len(), "{text}");
    }
}

#[test]
fn spellings_and_quotation_marks_are_analysed_alike() {
    let Some(mut model) = common::folder().map(|f| Model::load(&f).unwrap()) else { return };
    let spellings = [("cease-fire", "ceasefire"), ("defence", "defense")];
    model.respell(spellings.map(|(written, seen)| (written.to_owned(), seen.to_owned())));
    let curly = "“The cease-fire won’t hold,” the Defence Ministry’s envoy said.";
    let straight = "\"The ceasefire won't hold,\" the Defense Ministry's envoy said.";
    let [one, two] = [curly, straight].map(|text| {
        let parse = model.parse(&[text]).remove(0);
        check(&parse, text);
        parse
    });
    assert_eq!(one.len(), two.len());
    for (a, b) in one.tokens().iter().zip(two.tokens()) {
        assert_eq!((&a.lower, &a.lemma, a.tag, a.dep, a.head), (&b.lower, &b.lemma, b.tag, b.dep, b.head));
    }
    assert_eq!(one.word(2), "cease-fire");
}

#[test]
fn results_do_not_depend_on_company() {
    let Some(model) = common::model("results_do_not_depend_on_company") else { return };
    let alone = each_alone(model, &TEXTS);
    assert_eq!(together(model, &TEXTS), alone);
    assert_eq!(together(model, &TEXTS), alone, "the second time all is remembered");
    let mut reversed = TEXTS;
    reversed.reverse();
    let mut found = together(model, &reversed);
    found.reverse();
    assert_eq!(found, alone);
    let many: Vec<&str> = TEXTS.iter().cycle().take(100).copied().collect();
    for (found, expected) in together(model, &many).iter().zip(alone.iter().cycle()) {
        assert_eq!(found, expected);
    }
}

#[test]
fn results_do_not_depend_on_threads() {
    let Some(model) = common::model("results_do_not_depend_on_threads") else { return };
    let expected = each_alone(model, &TEXTS);
    std::thread::scope(|scope| {
        for shift in 0..4 {
            let expected = &expected;
            scope.spawn(move || {
                for round in 0..5 {
                    let order: Vec<usize> = (0..TEXTS.len()).map(|i| (i + shift + round) % TEXTS.len()).collect();
                    let texts: Vec<&str> = order.iter().map(|&i| TEXTS[i]).collect();
                    let found = together(model, &texts);
                    assert!(order.iter().zip(&found).all(|(&i, f)| *f == expected[i]));
                }
            });
        }
    });
}

#[test]
fn results_do_not_depend_on_what_was_forgotten() {
    let Some(model) = common::model("results_do_not_depend_on_what_was_forgotten") else { return };
    let expected = each_alone(model, &TEXTS);
    // More new words than are remembered, so that memory is cleared on the way.
    for block in 0..4 {
        let words: Vec<String> = (0..12_000).map(|i| format!("w{block}x{i}")).collect();
        let text = words.join(" ");
        check(&model.parse(&[&text])[0], &text);
        assert_eq!(together(model, &TEXTS), expected);
    }
}

#[test]
fn a_parse_can_be_walked() {
    let Some(model) = common::model("a_parse_can_be_walked") else { return };
    let parse = &model.parse(&["Tarvia and Kelmar denied that their troops had opened fire."])[0];
    let denied = (0..parse.len()).find(|&i| parse.word(i) == "denied").unwrap();
    let subject = parse.child_by(denied, Dep::Nsubj).unwrap();
    assert_eq!(parse.words(parse.subtree_run(subject)), "Tarvia and Kelmar");
    let clause = parse.child_by(denied, Dep::Ccomp).unwrap();
    assert_eq!(parse.words(parse.subtree_run(clause)), "that their troops had opened fire");
    assert_eq!((&*parse.tokens()[denied].lemma, parse.sentences().len()), ("deny", 1));
}

#[test]
fn no_text_is_too_odd() {
    let Some(model) = common::model("no_text_is_too_odd") else { return };
    let texts = [
        "",
        " ",
        "  ",
        "\n",
        "\0",
        "\0\0 \0",
        "\u{301}",
        "a\u{301}\u{301}",
        "\u{feff}",
        "\u{200d}",
        "\u{1f468}\u{200d}",
        "\u{10ffff}",
        "\u{e000}",
        "ﷺ",
        "مرحبا بالعالم",
        "\u{202e}abc",
        "'",
        "''",
        "(",
        "...",
        "\r\n\r\n",
        "\x1c\x1d",
        ":-)",
        "a.b.c.d.",
        "http://",
        "://",
        "@",
        "-",
        "--",
        "'s",
        "n't",
        "\u{85}",
        "x\u{0}y",
        "İ",
        "ß",
        "ŉ",
    ];
    for (text, parse) in texts.iter().zip(model.parse(&texts)) {
        check(&parse, text);
    }
}

/// Parses, checks, and fails if that took unreasonably long even for a debug build on a busy machine.
fn in_time(model: &Model, text: &str) -> Parse {
    let start = Instant::now();
    let parse = model.parse(&[text]).remove(0);
    check(&parse, text);
    assert!(start.elapsed() < Duration::from_secs(180), "{:?} for {} bytes", start.elapsed(), text.len());
    parse
}

#[test]
fn brackets_and_quotes_take_linear_time() {
    let Some(model) = common::model("brackets_and_quotes_take_linear_time") else { return };
    assert!(!in_time(model, &"(".repeat(10_000)).is_truncated());
    for unit in ["[", "\"", "'", ".", "-", "([{", "(a", "a)", "1,", "\u{301}", "😀", "a.", "//"] {
        in_time(model, &unit.repeat(1_000));
    }
}

#[test]
fn a_line_of_a_megabyte_is_read() {
    let Some(model) = common::model("a_line_of_a_megabyte_is_read") else { return };
    let parse = in_time(model, &"a".repeat(1_000_000));
    assert_eq!((parse.len(), parse.is_truncated()), (1_000_000usize.div_ceil(1 << 14), false));
}

#[test]
fn a_megabyte_of_brackets_or_addresses_is_read_up_to_the_limit() {
    let Some(model) = common::model("a_megabyte_of_brackets_or_addresses_is_read_up_to_the_limit") else { return };
    for unit in ["(", "http://a.b/"] {
        let parse = in_time(model, &unit.repeat(1_000_000 / unit.len()));
        assert!(
            parse.is_truncated() && parse.len() >= Model::MAX_TOKENS && parse.len() < Model::MAX_TOKENS + (1 << 14)
        );
    }
}

#[test]
fn what_lies_beyond_the_limit_is_left_out_and_said() {
    let Some(model) = common::model("what_lies_beyond_the_limit_is_left_out_and_said") else { return };
    let text = "é".repeat(Model::MAX_TEXT / 2 + 1);
    let parse = in_time(model, &text);
    assert!(parse.is_truncated());
    assert_eq!(parse.text().len(), text.len());
}

#[test]
fn long_texts_are_parsed_in_runs() {
    let Some(model) = common::model("long_texts_are_parsed_in_runs") else { return };
    let paragraph = "The army fired at the village. Three people were killed, the mayor said.\n\n";
    let text = paragraph.repeat(1_000);
    let parse = in_time(model, &text);
    assert!(parse.len() > Model::MAX_RUN && !parse.is_truncated());
    let dead = parse.entities().iter().filter(|e| parse.words(e.tokens.clone()) == "Three").count();
    assert!(dead > 900, "{dead} of 1000 figures found");
}

#[test]
fn a_broken_model_is_an_error_that_names_the_file() {
    let Some(folder) = common::folder() else { return };
    let copy = std::env::temp_dir().join(format!("syntax-broken-{}", std::process::id()));
    let files = [
        "meta.json",
        "tokenizer",
        "tok2vec/model",
        "tagger/cfg",
        "tagger/model",
        "parser/model",
        "parser/moves",
        "ner/model",
        "ner/moves",
        "attribute_ruler/patterns",
        "lemmatizer/lookups/lookups.bin",
        "vocab/vectors",
        "vocab/key2row",
        "vocab/lookups.bin",
    ];
    for file in files {
        let to = copy.join(file);
        std::fs::create_dir_all(to.parent().unwrap()).unwrap();
        std::fs::copy(folder.join(file), to).unwrap();
    }
    assert!(Model::load(&copy).is_ok());
    for file in files {
        let good = std::fs::read(copy.join(file)).unwrap();
        let half = good.len() / 2;
        let swapped: Vec<u8> = good.iter().enumerate().map(|(i, &b)| if i == 2 { b ^ 0x55 } else { b }).collect();
        for bad in [&good[..half], &swapped] {
            std::fs::write(copy.join(file), bad).unwrap();
            match Model::load(&copy) {
                Err(LoadError::Invalid { path, reason }) => {
                    assert!(path.ends_with(file) && !reason.is_empty(), "{file}")
                }
                // One changed byte can leave a file valid; a model that loads must also parse.
                Ok(model) => assert!(bad.len() == good.len() && !model.parse(&TEXTS).is_empty(), "{file}"),
                Err(other) => panic!("{file}: {other}"),
            }
        }
        std::fs::remove_file(copy.join(file)).unwrap();
        assert!(matches!(Model::load(&copy), Err(LoadError::Io { path, .. }) if path.ends_with(file)), "{file}");
        std::fs::write(copy.join(file), good).unwrap();
    }
    std::fs::remove_dir_all(&copy).unwrap();
}
