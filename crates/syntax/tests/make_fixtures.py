#!/usr/bin/env python3
"""Write the texts of the fixture test: 340 paragraphs of news prose and 130 of odd text, all invented.

    python3 make_fixtures.py > texts.jsonl
    python3 ../../../scripts/spacy_dump.py MODEL_FOLDER < texts.jsonl > fixtures/parses.jsonl

The generator is seeded: it writes the same texts every time. Places, people and events do not exist.
"""

import json
import random
import re

R = random.Random(20201010)

PLACES = """Orsa|Velmara|Upper Tarn|Dranova|the village of Kesh|Port Halvard|the Sulin valley|Mirabad|Tel Rashun|
the town of Ostrel|Lake Vorn|the Karsi Gap|Nizhny Brod|Al-Hadira|the Ambar crossing|San Teodoro|Bekhtali|Zhovte|
the Hill 412 area|northern Kelmar|the district of Aghvan|Saint-Ombre|Kuru Dere|Greater Malsk|the Old Bridge""".replace("\n", "").split("|")
SIDES = """Tarvia|Kelmar|the Republic of Ostrel|the Northern Command|the Dranovan army|the Free Valley Front|
Kelmari forces|the Tarvian Defence Ministry|border guards|the self-styled Vorn Council|government troops|
the insurgents|the peacekeepers|both sides|the coalition|separatist units|the monitoring mission""".replace("\n", "").split("|")
PEOPLE = """Prime Minister Anselm Dorrach|Foreign Minister Ilse Tamarin|Col. Rufat Bekhan|spokeswoman Marta Oyelle|
Gen. Pavel Stroganin-Hess|Mr. Okonjua|Dr. Leyla Samadin|Defence Minister Jorun Aske|the president|Ambassador Tev Malakian-Roe|
Lt. Gen. Omar al-Fayed Noury|the mission's deputy head, Sir Colin Abernath|Deputy Governor Nadezhda Kulik|
a senior official|witness Petros Vann|Secretary-General Ines Caldeira|the mayor of Ostrel|Maj. D'Arcy O'Shane""".replace("\n", "").split("|")
OUTLETS = """the Halvard Courier|state television|the KTA news agency|Radio Vorn|the daily Novy Put|Reform TV|
a local Telegram channel|the Tarvian Press Agency|the ministry's website|Echo of the Valley""".replace("\n", "").split("|")
DATES = """on Monday|on Oct. 9|on 12 May|late on Tuesday evening|at 3:45 a.m. local time|on the night of 26-27 September|
since dawn|overnight|early Saturday|last week|in the first half of 2021|at around 14:00|on November 10, 2020|two days later|
between 2 and 4 June|on the eve of the talks|by the end of March|this morning|for the third day running""".replace("\n", "").split("|")
COUNTS = """three|at least 12|more than 1,250|some 40|about two dozen|five|17|nearly 300|no fewer than nine|up to 2,000|
an unknown number of|11|over 60|a further six|hundreds of|one hundred and four""".replace("\n", "").split("|")
WHO = """soldiers|civilians|servicemen|people|fighters|residents|women and children|prisoners of war|volunteers|
police officers|shepherds|aid workers|conscripts""".replace("\n", "").split("|")
ARMS = """artillery|120-mm mortars|Grad rockets|a drone|heavy machine guns|tanks and armoured vehicles|sniper fire|
cluster munitions|an anti-tank guided missile|small arms|D-30 howitzers|an unmanned aerial vehicle""".replace("\n", "").split("|")
THINGS = """a school|two residential buildings|the power station|a hospital ward|a convoy of ambulances|farmland|
an ammunition depot|three houses|the gas pipeline|a checkpoint|the municipal market|an observation post""".replace("\n", "").split("|")
DEALS = """the ceasefire|the truce|the humanitarian pause|the agreement of 4 March|the armistice|the Halvard accord|
the joint statement|the demarcation protocol""".replace("\n", "").split("|")

# {S} side, {P} person, {L} place, {D} date, {N} count, {W} who, {A} arms, {T} thing, {O} outlet, {G} agreement
SENTENCES = """{S} said {D} that {N} {W} had been killed in {L}.
{N} {W} were wounded when {A} hit {T} in {L} {D}, {P} told {O}.
"We have not opened fire, and we will not," {P} said.
According to {O}, {S} shelled {L} with {A} {D}, damaging {T}.
{S} denied the accusation, calling it a provocation aimed at undermining {G}.
{P}, who arrived in {L} {D}, called on {S} to respect {G}.
The bodies of {N} {W} were handed over to {S} near {L}, in the presence of {S}.
{S} accused {S} of violating {G} {N} times in 24 hours.
It was not immediately clear who had fired first.
{G} was to take effect {D}, but {A} could be heard in {L} minutes later.
{P} was quoted by {O} as saying that {S} would withdraw from {L} if {S} did the same.
There has been no independent confirmation of the claim, and {S} could not be reached for comment.
{T} was destroyed and {N} {W}, including a six-year-old girl, were taken to hospital in {L}.
{P} and {P} met in {L} {D} to discuss the exchange of prisoners, the return of displaced persons and the reopening of the road.
"This is a lie from beginning to end!" {P} wrote on Facebook. "Nobody attacked {L}."
Having lost control of {L}, {S} retreated towards {L}, leaving {N} {W} behind.
Asked whether {S} would accept observers, {P} said: "Only if the other side does so too."
{S} promised to hand over the maps of minefields that had been laid around {L} during the war.
Neither {S} nor {S} has admitted responsibility for the attack, which left {N} {W} dead.
What {P} described as a minor incident turned out to be the heaviest fighting in {L} since 2016.
The region, populated mostly by farmers, has been disputed by {S} and {S} for more than three decades.
If {G} collapses, {N} {W} may be forced to leave {L}, aid agencies warn.
Earlier {D}, {O} had reported that {S} advanced 3.5 km into {L} and set up {T} there.
{P} rejected the offer; {P}, however, did not rule out further talks.
Fighting for {L} continued {D}, with {S} claiming gains that {S} disputed.
{S} will deploy {N} {W} along the line of contact under {G}, the text of which was published {D}.
Among the dead were {N} {W} from {L}, said {P}, adding that the toll could rise.
A spokesman for {S} refused to say how many {W} were being held or where.
The claim that {A} had been used against {T} was dismissed as absurd by {P}.
{P} thanked {P} for mediating and expressed hope that {G} would be observed by all parties.
Both governments confirmed the loss of {N} {W}, though each blamed the other for starting the shooting.
{S} shot down {A}, {O} reported, citing an unnamed source in {L}.
Not until {D} did {S} acknowledge that {L} had been abandoned.
Under the terms of {G}, {S} must pull back from {L} by 15 November and from {L} by 1 December.
In {L}, where the electricity has been cut off {D}, {W} queued for bread and waited for news.
{P} said the commander, whom he did not name, had been dismissed for failing to hold {L}.
"They shelled us all night," said a resident of {L}, "and in the morning they told us it was over."
{N} {W} have fled {L} since the fighting resumed, up from 900 a week earlier.
The statement, signed by {P}, demands that {S} release all {W} immediately and without conditions.
{S} insisted that its positions in {L} had come under fire from {A} and that it had merely returned fire.
Of the {N} {W} missing, eight were found alive in {L}, {P} announced {D}.
{P} is expected to travel to {L} next Thursday, provided that the road through {L} is open.
No casualties were reported among {W}, but {T} burned down.
Talks between {S} and {S} broke down over who should control {L}.
{P} urged {S} to stop "playing with fire" and to return to the negotiating table.
The commission, set up to delimit the border, has met twice and agreed on nothing.
Several videos posted online appear to show {W} being led away by {S}; {O} could not verify them.
{S} have repeatedly asked {S} for military help under the 1997 treaty, but so far received only words of support.
While {S} spoke of {N} dead, {S} put the figure at 2,783 and {O} at "well over five thousand".
Having been warned in advance, most {W} had left {L} before {A} struck {T}.
"I don't know what they want from us, but we aren't leaving," {P} said {D}.
To reach {L}, the convoy had to cross a bridge that {S} mined {D}.
{P}'s remarks, made in {L}, drew an angry response from {S}.
That {S} had moved {A} closer to {L} was known to {S} long before {G} was signed.
The ministry said it was "deeply concerned" at reports of {W} being mistreated and called for an inquiry.
So fierce was the shelling that {W} spent the night in cellars.
{S}, {S} and {S} agreed to set up a joint centre in {L} to monitor {G}.
Responsibility for the explosion, in which {N} {W} died, was claimed {D} by a group calling itself the Sons of {L}.
Nothing in {G} prevents {S} from flying drones over {L}, argued {P}.
It is {S} who broke {G}, {P} maintains, not {S}.""".split("\n")

HAND = """The two presidents did not shake hands. They sat at opposite ends of a long table in Port Halvard, read out statements that their aides had agreed on weeks before, and left by different doors.
Residents of Kesh say the first shell fell at ten to six, while the children were still asleep; by the time the sirens sounded, the post office had no roof.
"You ask me who started it," said Vann, a retired bus driver. "I'll tell you who will finish it: nobody."
Kelmar (population 1.4 million) has neither an air force nor, since 2019, a functioning parliament.
Asked about the missing convoy, the general shrugged, lit a cigarette and changed the subject.
The mission's 14 observers, none of whom is armed, patrol a line 182 kilometres long in six white cars.
Dorrach, 61, a former geologist whose party won 47.3 per cent of the vote in May, has ruled out early elections three times since then.
Under point five of the accord the corridor, five kilometres wide, is to be guarded by peacekeepers; under point six, a new road has to be built within three years.
What began as a quarrel over grazing rights had, by Wednesday, drawn in two battalions.
Tamarin said she had been told by her counterpart that he had ordered his troops to hold their fire, which, she added, they then failed to do.
Hospitals in Velmara are full. So are the schools, the sports hall, and the cinema where the displaced sleep between the rows.
No sooner had the guns fallen silent than the accusations began.
The footage, which is said to show the capture of Hill 412, was in fact filmed two years ago in another country altogether.
Of every ten houses in Upper Tarn, the governor's office estimates, seven need a new roof, two need rebuilding and one is still standing untouched.
The army lost eight men, the ministry said; the opposition, citing relatives, says twenty-one.
Neither the date nor the place of the next round has been announced, and it's anyone's guess whether there will be one.
He was buried on Friday next to his brother, killed in the same trench four years earlier.
If the line holds until Sunday, Aske told reporters, then, and only then, will the engineers be sent in.
The Vorn Council, which no state recognises, issued a stamp to mark the occasion.
Their demand is simple: give back the maps, open the road, let the bodies go home.
Ostrel's border service reported that a 34-year-old shepherd had strayed across the line in fog and been detained; he was returned, with his dog and most of his sheep, the following afternoon.
A bus carrying 31 pensioners was turned back at the Ambar crossing at about 7.30pm on Sunday, apparently because one of them had the wrong stamp in her passport.
"Peace," Caldeira likes to say, "is mostly paperwork."
The truce had lasted four minutes.
Samadin, the only doctor left in the district, counted nineteen dead, then stopped counting.
Whether the order came from the capital or was given on the spot is what the inquiry, due to report in spring, is supposed to establish.
Kulik accused unnamed "third forces" of wanting the talks to fail. She did not elaborate.
Snow has closed the pass since Tuesday; until it melts, whoever holds the tunnel holds the valley.
Far from calming the situation, the statement enraged both the families and the veterans, who marched on the ministry the same night.
Flour costs twice what it did in August, petrol three times, and candles cannot be had at any price.
The ceasefire, brokered in the small hours by a country that has sold weapons to both sides, was welcomed by everyone and believed by no one.
Twelve of the prisoners, the Red Crescent said, were in need of urgent surgery; four had lost limbs.
Malakian-Roe, the only envoy to have visited both capitals this month, sounded less hopeful on leaving than on arriving.
The bridge was blown up, rebuilt, blown up again, and is now a ferry.
Tarvia has informed the monitors that it will rotate a brigade on the 14th. Kelmar calls this a build-up.
Bekhan told the court that he'd been following orders, that he couldn't remember whose, and that in any case the village had been empty.
In the absence of a signed protocol the two armies measure the border with string.
The shell that killed the Aliyar sisters was made in 1974, according to the markings on what was left of it.
The peacekeepers' mandate, extended twice already, runs out at midnight on 31 January unless the council, now chaired by Tarvia, votes otherwise.
It took the commission eleven meetings to agree on the colour of the boundary posts (yellow).""".split("\n")

ODD = r"""“We never left,” she said — “not for a day.”
‘Single quotes’ inside “double quotes”, and "straight ones" next to ''doubled'' ones.
«Мы не стреляли», — сказал полковник Бехан. He said it twice.
He said:"No."Then he left.Nobody followed.
See https://www.example.org/news/2020/10/10?id=42&lang=en#top for the full text.
Mail press@mod.example.com or visit www.example.com/a_b-c (in English), not example .com.
RT @VornRadio: BREAKING!!! shelling near #Ostrel #ceasefire 😡😡 pic.example.com/AbC123
Updated 3:45pm GMT+4 | 12.10.2020 | Share | Tweet | 1,024 views | 0 Comments
👩‍👩‍👧‍👦 family 🇬🇧 flag ❤️ heart 🏳️‍🌈 done 👍🏽.
The  double   spaces    grow.	Tabs	too.
 A leading space. And a trailing one. 
Line one\nline two\n\nline four after a blank
CRLF line\r\nnext line\r\n\r\nend
no-break\u00a0space, thin\u2009space, zero\u200bwidth, soft\u00adhyphen
I'd've gone if you'd've asked; y'all couldn't've known. Ain't it? 'Twasn't.
He'll, she'll, they'd, we've, I'm, it's, that's, who's, let's, can't, won't, shan't, gonna, gotta, wanna, o'clock, ma'am, rock 'n' roll.
dont cant wont im ive theyre thats cannot
U.S. and U.K. officials met Mr. and Mrs. D. H. Orme Jr., Ph.D., of Acme Inc. at 5 p.m. on Jan. 3rd vs. the plan, e.g. by St. Ives, i.e. No. 7.
5km, 12 kg, 3.5mm, 120mm, 40°C, 100km/h, 7.62x39mm, 2x4, 10K, 5GB, 1/2, 3/4, ½, 2½, x², H₂O, 10^6, -5, +7, ±2, ~40, >100, <5, =3
$5, US$5m, C$10, €1,000.50, £20bn, 100₽, ¥500, 5 %, 5%, 50¢, ₴300, 1.234.567,89, 1 000 000
T-72B3, Su-25, S-300PMU, AK-47s, F-16's, MiG-29, BM-21 "Grad", Mi-8/17, TB2, D-30A, Hill-412, M4/M16
2020-10-10T12:00:00Z 10/10/2020 10.10.20 Oct 10 '20 the 1990s the '90s mid-May 26–27 Sept. 1988–94
and/or he/she (a) [b] {c} <d> (see: p. 4) (i) (ii) 1) 2) a. b.
...and then...nothing....Wait..what?!?! Hm… ok…… –––— -- --- ---- ***bold*** __init__ _it_ ~tilde~ `code` ^^
((((nested (brackets [of {all <kinds>} here])))) unbalanced )) ]] }} ((
Nagorno-Karabakh-style, anti-tank-missile-equipped, well-to-do, ex-minister, co-operate, re-elected, al-Hadira, Port-au-Prince, jean-luc's
الرئيس قال إن الهدنة صامدة. The president said so.
محمد العلي وأحمد بن سالم met in Al-Hadira (الحضيرة) on Friday.
Полковник Руфат Бехан прибыл в Нижний Брод 5 мая 2021 г. и уехал 6-го.
Ալիս Վարդանյան spoke in Yerevan-style Armenian; ილია tbd; 北京 and 東京; नमस्ते; Ελλάδα; İstanbul; ẞ; ﬁnal; naïve café résumé Ångström
e\u0301 combining, n\u0303, a\u030a\u0301, ʻokina, Qur'an, Qur’an, O’Neil, O'Neil, d'Ivoire, L'Est, al-ʿAzīz
:-) :) ;-) :D :'( <3 ¯\_(ツ)_/¯ (╯°□°)╯︵ ┻━┻ ಠ_ಠ ^_^ xD :-/ :o) =) 8-)
-LRB- -RRB- -LSB- case mark agent number root PERSON LAW nsubj ROOT
10.0.0.1 192.168.1.1:8080 ::1 fe80::1 C:\Users\y /usr/local/bin ~/x.txt file.tar.gz a.b.c foo.Bar end.Start v1.2.3-rc.4
a,b,c a, b ,c a ,b;c:d e;f g: h i/j k\l m|n o&p q@r s#t u%v w*x y+z A.B. C.D
ALL CAPS HEADLINE: TARVIA, KELMAR TRADE FIRE; 12 DEAD
all lower case with no stop at the end and names like ostrel and kelmar
Title Case For Every Single Word In This Line About Kelmar
?
!!!
.
,
–
“”
1
a
I
\u00a0
\u3000\u3000
\u2028\u2029
\t
\n
\n\n\n

\ufeffA byte order mark at the start.
null\u0000inside and \u0007bell \u001b[31mescape\u001b[0m
replacement \ufffd character \ufffd\ufffd and private \ue000 use
&amp; &lt;b&gt;bold&lt;/b&gt; &nbsp; &#39;quoted&#39; <p>para</p> <a href="x">link</a>
[ad_1] Source link [ad_2] Leave a Reply Cancel reply Your address stays with us. *
1. First item 2. Second item 3) Third • bullet · dot – dash * star
Q: Did you fire? A: No. Q: Who did? A: They did.
Photo: J. Orme/KTA. (Reporting by M. Oyelle; Editing by T. Roe) © 2020
PORT HALVARD, Oct 10 (KTA) - Kelmar said on Saturday...
Kelmar said on Saturday...PORT HALVARD
"'"'"' '''' ```` ´´ ,, „low“ ‚low‘ ‹x› «x»
who'd who's who're there'd how'd where's what're what've when's why'd might've must've should've would've
a.m. p.m. A.M. 5a.m. 5am 5pm. 11:59p.m., 12am- noon
$ 5 US $ 5 5 $ # 5 5 # @ 5 no.5 No.5 №5 §5 ¶5 †5
The the the the a a a an an.
""".split("\n")


def unescape(match):
    code = match[1]
    return {"n": "\n", "r": "\r", "t": "\t"}[code] if len(code) == 1 else chr(int(code[1:], 16))


def capital(text):
    return text[:1].upper() + text[1:]


def fill(template):
    lists = {"S": SIDES, "P": PEOPLE, "L": PLACES, "D": DATES, "N": COUNTS, "W": WHO, "A": ARMS, "T": THINGS,
             "O": OUTLETS, "G": DEALS}
    out, rest = "", template
    while "{" in rest:
        before, rest = rest.split("{", 1)
        slot, rest = rest.split("}", 1)
        out += before + R.choice(lists[slot])
    return capital(out + rest)


def news():
    texts = list(HAND)
    deck = []
    while len(texts) < 340:
        sentences = []
        for _ in range(R.choice([1, 2, 2, 3, 3, 4])):
            if not deck:
                deck = R.sample(SENTENCES, len(SENTENCES))
            sentences.append(fill(deck.pop()))
        texts.append(" ".join(sentences))
    return texts


def break_up(text):
    """A sentence with its spacing, quotes or case spoiled."""
    kind = R.randrange(8)
    words = text.split(" ")
    at = R.randrange(len(words))
    if kind == 0:
        words.insert(at, "")
    elif kind == 1:
        words[at] = R.choice("\"'“”‘’«»()[]") + words[at] + R.choice("\"'“”‘’«»()[]…,;")
    elif kind == 2:
        words[at] = words[at] + R.choice(["\n", "\n\n", "\t", "\u00a0", "\r\n", " \n "])
    elif kind == 3:
        words[at] = words[at].upper()
    elif kind == 4:
        words[at:at + 2] = [R.choice(["", "-", "/", "—", "...", "'s", "&", ":"]).join(words[at:at + 2])]
    elif kind == 5:
        words[at] = R.choice(["https://t.example/x", "@user", "#tag", "😀", "5km", "№7", "Алиев", "محمد", "e.g.", "(sic)", "$3.5bn"])
    elif kind == 6:
        words[at] = words[at].swapcase()
    else:
        return text.replace(".", R.choice(["", "..", " .", "…", "!", ". . ."]), 1)
    return " ".join(words)


def odd():
    texts = [re.sub(r"\\(u[0-9a-f]{4}|x[0-9a-f]{2}|[nrt])", unescape, text) for text in ODD]
    while len(texts) < 130:
        text = fill(R.choice(SENTENCES))
        for _ in range(R.randint(1, 4)):
            text = break_up(text)
        texts.append(text)
    return texts


def main():
    for kind, texts in (("news", news()), ("odd", odd())):
        for number, text in enumerate(texts):
            print(json.dumps({"id": f"{kind}-{number:03}", "text": text}, ensure_ascii=False))


if __name__ == "__main__":
    main()
