//! A generator of reports on an invented conflict, and of copies of them whose likeness is known.

use std::sync::Arc;

pub(crate) use super::random::Random;

impl Random {
    pub(crate) fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }
}

const SYLLABLES: &[&str] = &[
    "ka", "ros", "vel", "tan", "mir", "dol", "esk", "bra", "hol", "lin", "or", "sel", "gar", "nim", "tu", "vik", "sha",
    "pel", "dra", "zor", "ba", "ren", "kul", "mas", "ti", "fen", "lo", "har", "wes", "jun",
];
const RANKS: &[&str] = &[
    "Colonel",
    "Governor",
    "Deputy Minister",
    "Major",
    "spokesman",
    "Doctor",
    "engineer",
    "Mayor",
    "Ambassador",
    "shopkeeper",
    "teacher",
    "monitor",
    "General",
    "priest",
    "farmer",
    "driver",
];
const SAYING: &[&str] = &[
    "said",
    "reported",
    "told journalists",
    "claimed",
    "insisted",
    "wrote on the ministry page",
    "confirmed",
    "denied",
    "repeated",
    "warned",
    "argued in an interview",
    "stressed",
    "admitted",
    "complained",
    "announced",
    "maintained",
];
const DOERS: &[&str] = &[
    "Orlavan gunners",
    "Veskan scouts",
    "a mixed patrol",
    "border guards",
    "two armoured cars",
    "villagers",
    "a column of trucks",
    "sappers",
    "the commission",
    "a drone crew",
    "reservists",
    "unknown gunmen",
    "firefighters",
    "negotiators",
    "an observation team",
    "smugglers",
    "railway workers",
    "paratroopers",
    "a medical convoy",
    "engineers of the water board",
];
const DEEDS: &[&str] = &[
    "opened fire with mortars on",
    "dug new trenches beside",
    "pulled heavy howitzers away from",
    "cleared anti-tank mines from",
    "shelled",
    "crossed without permission into",
    "repaired power lines near",
    "counted fresh craters around",
    "were turned back at",
    "blocked the road to",
    "handed over prisoners at",
    "evacuated families out of",
    "photographed damage in",
    "lost radio contact above",
    "set fire to stubble around",
    "delivered flour and medicine to",
    "built a checkpoint outside",
    "shot down a quadcopter over",
    "recovered bodies from",
    "towed wrecks out of",
    "negotiated a pause for",
    "laid wire along",
    "replaced cameras overlooking",
    "interrogated travellers from",
];
const SPOTS: &[&str] = &[
    "the school at",
    "the bridge below",
    "the cemetery of",
    "the grain store in",
    "the heights east of",
    "the ford near",
    "a clinic in",
    "the pumping station above",
    "the market square of",
    "the pass behind",
    "the monastery at",
    "orchards west of",
    "the railway yard in",
    "a disused quarry by",
    "the crossing point at",
    "the reservoir over",
];
const TIMES: &[&str] = &[
    "shortly before dawn",
    "on Monday evening",
    "while talks went on abroad",
    "for the third time this month",
    "during a funeral",
    "after heavy rain",
    "late on Thursday",
    "as the school term began",
    "despite an order to hold fire",
    "under a white flag",
    "in thick fog",
    "hours after the meeting",
    "in full view of the cameras",
    "at the request of elders",
    "over the weekend",
    "without any warning",
    "between noon and dusk",
    "on the eve of elections",
    "when the snow had melted",
    "according to an agreed timetable",
];
const ENDS: &[&str] = &[
    "nobody was hurt",
    "casualties could not be confirmed",
    "both capitals blamed each other",
    "an inquiry has begun",
    "traffic resumed later",
    "shops stayed shut",
    "prices of bread doubled",
    "children were kept at home",
    "talks will continue next week",
    "the mandate expires soon",
    "no independent account was available",
    "aid groups asked for access",
    "the hotline was not used",
    "flights were cancelled",
    "a protest note was sent",
    "the hospital asked for blood",
    "villagers spent the night in cellars",
    "the wounded were flown out",
];
const WORDS: &[&str] = &[
    "reportedly",
    "early",
    "several",
    "heavy",
    "nearby",
    "again",
    "northern",
    "brief",
    "renewed",
    "unconfirmed",
    "separate",
    "officials",
    "residents",
    "described",
    "confirmed",
    "positions",
    "area",
    "evening",
    "incident",
    "statement",
    "earlier",
    "sources",
    "military",
    "situation",
    "repeatedly",
    "details",
    "border",
    "region",
    "added",
    "noted",
    "claims",
    "agreement",
];

fn name(random: &mut Random) -> String {
    let raw: String = (0..2 + random.below(2)).map(|_| random.pick(SYLLABLES)).collect();
    raw[..1].to_uppercase() + &raw[1..]
}

fn sentence(random: &mut Random) -> String {
    let number = random.below(300) + 2;
    let (who, where_to) = (name(random), name(random));
    let deed = format!("{} {} {} {where_to}", random.pick(DOERS), random.pick(DEEDS), random.pick(SPOTS));
    let (time, end) = (random.pick(TIMES), random.pick(ENDS));
    match random.below(5) {
        0 => format!("The {} {who} {} that {deed} {time}.", random.pick(RANKS), random.pick(SAYING)),
        1 => format!("{who} district: {deed} {time}, and {end}."),
        2 => format!("Some {number} people in {who} saw how {deed}; {end}."),
        3 => format!("It was {time} that {deed}, the {} {who} {}.", random.pick(RANKS), random.pick(SAYING)),
        _ => format!("At kilometre {number} {deed} {time}; {end}, {} {}.", who, random.pick(SAYING)),
    }
}

/// A report of about `words` words.
pub(crate) fn report(random: &mut Random, words: usize) -> String {
    let mut text = String::new();
    while text.split_whitespace().count() < words {
        text.push_str(&sentence(random));
        text.push_str(if random.below(3) == 0 { "\n\n" } else { " " });
    }
    text
}

/// A document of the corpus.
pub(crate) struct Made {
    pub(crate) text: Arc<str>,
    /// Which original it goes back to; its own number for an original.
    pub(crate) family: usize,
    /// Part of the original's words that it keeps, in their order.
    pub(crate) kept: f64,
}

/// `size` documents, four in ten of them copies of earlier ones.
pub(crate) fn corpus(seed: u64, size: usize) -> Vec<Made> {
    let mut random = Random(seed);
    let mut made: Vec<Made> = Vec::new();
    let mut originals: Vec<usize> = Vec::new();
    for number in 0..size {
        if number < 20 || random.below(10) >= 4 {
            originals.push(number);
            let words = 60 + random.below(300);
            made.push(Made { text: report(&mut random, words).into(), family: number, kept: 1.0 });
        } else {
            let of = originals[random.below(originals.len())];
            let (text, kept) = copy(&mut random, &made[of].text.clone());
            made.push(Made { text: text.into(), family: of, kept });
        }
    }
    made
}

/// A copy with an edited opening, a cut end, another outlet's line, and up to three words in ten changed.
fn copy(random: &mut Random, text: &str) -> (String, f64) {
    let original: Vec<&str> = text.split_inclusive(char::is_whitespace).collect();
    let mut kept = original.len();
    let mut words: Vec<String> = original.iter().map(|w| (*w).to_owned()).collect();
    if random.below(3) == 0 {
        let cut = random.below(words.len() / 5 + 1);
        words.truncate(words.len() - cut);
        kept -= cut;
    }
    if random.below(3) == 0 {
        let cut = random.below(12).min(words.len());
        words.drain(..cut);
        kept -= cut;
        words.insert(0, "HOLLIN (Ternwire) - In a report on the latest events, ".to_owned());
    }
    let changes = words.len() * random.below(31) / 100;
    let mut changed = vec![false; words.len()];
    for _ in 0..changes {
        let at = random.below(words.len());
        if changed[at] {
            continue;
        }
        changed[at] = true;
        kept = kept.saturating_sub(1);
        let end = if words[at].ends_with('\n') { "\n" } else { " " };
        words[at] = match random.below(4) {
            0 => String::new(),
            1 => format!("{} {}{end}", random.pick(WORDS), random.pick(WORDS)),
            _ => format!("{}{end}", random.pick(WORDS)),
        };
    }
    if random.below(2) == 0 {
        words.push("\n\nReporting by the Lakeshore Gazette; editing by its desk.".to_owned());
    }
    (words.concat(), kept as f64 / original.len() as f64)
}
