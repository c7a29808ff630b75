//! The broken folders: what is changed in the small pack, and what has to be told of it.

/// One change of a folder.
pub enum Change {
    /// A file, words that stand in it, and others in their place.
    Text(&'static str, &'static str, &'static str),
    Put(&'static str, &'static [u8]),
    Made(&'static str, fn() -> Vec<u8>),
    Gone(&'static str),
    Copy(&'static str, &'static str),
    /// A file of another sample.
    Sample(&'static str, &'static str),
    Longer(&'static str, u64),
    Link(&'static str, &'static str),
    Pipe(&'static str),
}

use Change::{Copy, Gone, Link, Longer, Made, Pipe, Put, Sample, Text};

pub struct Broken {
    pub name: &'static str,
    pub changes: &'static [Change],
    /// File, key path and code.
    pub told: &'static [&'static str],
    /// Whether it is told just the same in a folder that is broken elsewhere too.
    pub stands_beside_others: bool,
}

macro_rules! alone {
    ($name:expr, $changes:expr, $told:expr $(,)?) => {
        Broken { name: $name, changes: $changes, told: $told, stands_beside_others: false }
    };
}

macro_rules! beside {
    ($name:expr, $changes:expr, $told:expr $(,)?) => {
        Broken { name: $name, changes: $changes, told: $told, stands_beside_others: true }
    };
}

const EXHIBIT: &str = "exhibit.ron";
const SOURCES: &str = "sources.ron";
const MAP: &str = "items/map-test.ron";
const DOC: &str = "items/doc-test.ron";
const ART: &str = "items/art-test.ron";
const VTT: &str = "narration/map-test.vi.vtt";

/// Control points in front of the hotspots of the map.
macro_rules! points {
    ($method:literal, $points:literal) => {
        Text(
            MAP,
            "        hotspots: [",
            concat!(
                "        georeference: Points(method: ",
                $method,
                ", points: [",
                $points,
                "], sources: [\"test-map\"]),\n        hotspots: ["
            ),
        )
    };
}

const ANNOTATED: Change = Text(
    MAP,
    "        hotspots: [",
    "        georeference: Annotation(file: \"georef/a.json\", sources: [\"test-map\"]),\n        hotspots: [",
);

pub const BROKEN: &[Broken] = &[
    // The exhibit as a whole.
    alone!("no exhibit", &[Gone(EXHIBIT)], &["exhibit.ron - unreadable-file"]),
    alone!("an exhibit that is a folder's link", &[Link(EXHIBIT, "items")], &["exhibit.ron - unreadable-file"]),
    alone!("a newer pack", &[Text(EXHIBIT, "format: 1", "format: 2")], &["exhibit.ron format unsupported-format"]),
    alone!("an older pack", &[Text(EXHIBIT, "format: 1", "format: 0")], &["exhibit.ron format unsupported-format"]),
    alone!("no sources", &[Gone(SOURCES)], &["sources.ron - unreadable-file"]),
    alone!("no format", &[Text(EXHIBIT, "    format: 1,\n", "")], &["exhibit.ron format missing-field"]),
    alone!("an id in capitals", &[Text(EXHIBIT, "small-test", "Small Test")], &["exhibit.ron id bad-id"]),
    beside!(
        "approved by nobody",
        &[Text(EXHIBIT, "Sample", "Approved")],
        &["exhibit.ron approval approval-incomplete"]
    ),
    beside!(
        "a day that is not",
        &[Text(EXHIBIT, "status: Sample", "date: \"2026-02-30\", status: Sample")],
        &["exhibit.ron approval.date impossible-date"],
    ),
    alone!(
        "languages by name",
        &[Text(EXHIBIT, "[\"vi\", \"en\"]", "[\"vi\", \"vi\"]")],
        &["exhibit.ron languages bad-languages"],
    ),
    beside!(
        "a lamp outside",
        &[Text(EXHIBIT, "lamp: (0.45, 0.31)", "lamp: (45, 31)")],
        &["exhibit.ron attract.lamp outside-picture"],
    ),
    beside!(
        "nothing of that name is featured",
        &[Text(EXHIBIT, "featured: \"map-test\"", "featured: \"map-tset\"")],
        &["exhibit.ron featured unknown-item"],
    ),
    beside!(
        "a lead as long as a page",
        &[Text(EXHIBIT, "One map to test with.", LONG)],
        &["exhibit.ron halls[0].lead text-too-long"]
    ),
    alone!(
        "a title over its tile",
        &[Text(
            EXHIBIT,
            "\"Maps\"",
            concat!(
                "\"Maps that were drawn by hand, printed and ",
                "coloured in many towns over more than three hundred years of travel\""
            ),
        )],
        &["exhibit.ron halls[0].title.en text-overflows"],
    ),
    beside!(
        "a hall without a lead",
        &[Text(
            EXHIBIT,
            "            lead: (text: {\"vi\": \"Một văn bản, một hiện vật.\", \"en\": \"One document, one artefact.\"}, sources: [\"test-book\"]),\n",
            "",
        )],
        &["exhibit.ron halls[1].lead missing-field"],
    ),
    beside!(
        "an item in no hall",
        &[Text(EXHIBIT, "[\"doc-test\", \"art-test\"]", "[\"doc-test\"]")],
        &["exhibit.ron halls item-in-no-hall"]
    ),
    beside!(
        "an item in two halls",
        &[Text(EXHIBIT, "items: [\"map-test\"]", "items: [\"map-test\", \"doc-test\"]")],
        &["exhibit.ron halls[1].items[0] item-in-two-halls"],
    ),
    alone!(
        "a hall with nothing in it",
        &[Text(EXHIBIT, "items: [\"map-test\"]", "items: []")],
        &["exhibit.ron halls item-in-no-hall", "exhibit.ron halls[0].items empty-list"]
    ),
    alone!(
        "a bracket too few",
        &[Text(EXHIBIT, "halls: [", "halls: [[")],
        &["exhibit.ron halls[0] wrong-type", "exhibit.ron - syntax"]
    ),
    // Texts.
    beside!(
        "a language missing",
        &[Text(ART, ", \"en\": \"Test artefact\"", "")],
        &["items/art-test.ron title missing-translation"],
    ),
    beside!(
        "a language too many",
        &[Text(DOC, "\"en\": \"Page 2\"", "\"en\": \"Page 2\", \"fr\": \"Page 2\"")],
        &["items/doc-test.ron kind.pages[1].label.fr unknown-language"],
    ),
    beside!("an empty text", &[Text(MAP, "\"A test drawer\"", "\" \"")], &["items/map-test.ron creator.en empty-text"]),
    beside!(
        "letters taken apart",
        &[Text(SOURCES, "Sách thử", "Sa\u{301}ch thử")],
        &["sources.ron [0].title.vi not-nfc"],
    ),
    beside!(
        "a sign that no font has",
        &[Text(ART, "Words at the edge.", "Words ☃ at the edge.")],
        &["items/art-test.ron kind.notes[0].text.text.en no-glyph"],
    ),
    beside!(
        "letters that only look right",
        &[Text(ART, "Lời ở mép", "Ðời ở mép")],
        &["items/art-test.ron kind.notes[0].text.text.vi look-alike"],
    ),
    beside!(
        "a name of somebody else",
        &[Text(MAP, "Lower band", "Nansha")],
        &["items/map-test.ron kind.hotspots[1].title.en foreign-name"],
    ),
    beside!(
        "more words than a point has room for",
        &[Text(MAP, "Words in the corner.", FORTY_ONE)],
        &["items/map-test.ron kind.hotspots[0].text text-too-long"]
    ),
    alone!(
        "an item whose id is another",
        &[Text(ART, "id: \"art-test\"", "id: \"art-tset\"")],
        &["items/art-test.ron id id-differs-from-file"],
    ),
    alone!(
        "a field nobody knows",
        &[Text(ART, "    description: [],", "    descripton: [],")],
        &["items/art-test.ron descripton unknown-field"],
    ),
    beside!(
        "a word nobody knows",
        &[Text(DOC, "nature: Scan", "nature: Scam")],
        &["items/doc-test.ron kind.pages[0].picture.nature unknown-word"],
    ),
    beside!(
        "a kind for later",
        &[Put("items/quiz-test.ron", QUIZ)],
        &["exhibit.ron halls item-in-no-hall", "items/quiz-test.ron kind unknown-word"]
    ),
    beside!(
        "a year as a text",
        &[Text(MAP, "when: Year(1838)", "when: \"1838\"")],
        &["items/map-test.ron date.when wrong-type"],
    ),
    beside!(
        "a field twice",
        &[Text(MAP, "    minutes: 1.5,", "    minutes: 1.5,\n    minutes: 1.0,")],
        &["items/map-test.ron minutes wrong-type"],
    ),
    alone!(
        "no date",
        &[Text(ART, "    date: (when: Century(20), text: {\"vi\": \"Thế kỷ 20\", \"en\": \"20th century\"}),\n", "")],
        &["items/art-test.ron date missing-field"],
    ),
    beside!(
        "years the wrong way round",
        &[Text(DOC, "Between(1900, 1905)", "Between(1905, 1900)")],
        &["items/doc-test.ron date.when impossible-date"],
    ),
    alone!(
        "a date still to come",
        &[Text(DOC, "Between(1900, 1905)", "Year(2031)")],
        &["items/doc-test.ron date.when date-in-future"],
    ),
    alone!(
        "a text of three minutes for a stay of two",
        &[Sample("invalid/stay-too-long", ART)],
        &["items/art-test.ron description stay-too-long"]
    ),
    alone!(
        "brackets without end",
        &[Made(ART, || "[".repeat(200_000).into_bytes())],
        &["items/art-test.ron - nested-too-deep"],
    ),
    alone!(
        "maps without end",
        &[Made(ART, || "{\"a\":".repeat(100_000).into_bytes())],
        &["items/art-test.ron - nested-too-deep"],
    ),
    alone!(
        "options without end",
        &[Made(ART, || format!("(id: {}", "Some(".repeat(100_000)).into_bytes())],
        &["items/art-test.ron - nested-too-deep"],
    ),
    alone!(
        "comments without end",
        &[Made(ART, || "/*".repeat(200_000).into_bytes())],
        &["items/art-test.ron - syntax"]
    ),
    alone!(
        "a quotation mark too few",
        &[Text(ART, "id: \"art-test\"", "id: \"art-test")],
        &["items/art-test.ron - syntax"],
    ),
    alone!("a text in UTF-16", &[Put(ART, b"\xff\xfe(\0i\0d\0")], &["items/art-test.ron - unreadable-file"]),
    alone!("NUL in place of a text", &[Put(ART, &[0; 300])], &["items/art-test.ron - syntax"]),
    alone!("a text of two mebibytes", &[Longer(DOC, 2 << 20)], &["items/doc-test.ron - unreadable-file"]),
    alone!("a pipe in place of a text", &[Pipe(DOC)], &["items/doc-test.ron - unreadable-file"]),
    alone!(
        "a text that is not in the folder",
        &[Link(DOC, "/etc/hostname")],
        &["items/doc-test.ron - path-outside-pack"],
    ),
    alone!(
        "hundreds of wrong fields",
        &[Made(ART, || {
            let fields: String = (0..300).map(|n| format!("x{n}: 1, ")).collect();
            format!("({fields})").into_bytes()
        })],
        &[
            "images/back.png - unused-file",
            "images/front.png - unused-file",
            "items/art-test.ron - too-many-problems",
            "…"
        ]
    ),
    alone!(
        "halls without number",
        &[Made(EXHIBIT, many_halls)],
        &["exhibit.ron - too-many-problems", "exhibit.ron halls too-many", "…"]
    ),
    // Sources and licences.
    beside!(
        "a statement without a source",
        &[Text(ART, "\"Words at the edge.\"}, sources: [\"test-book\"]", "\"Words at the edge.\"}, sources: []")],
        &["items/art-test.ron kind.notes[0].text.sources statement-without-source"],
    ),
    beside!(
        "a source nobody names so",
        &[Text(ART, "    sources: [\"test-book\"]", "    sources: [\"test-boek\"]")],
        &["items/art-test.ron sources[0] unknown-source"],
    ),
    beside!(
        "a source that was read nowhere",
        &[
            Text(SOURCES, "[(publisher: \"Nhà xuất bản thử\", url: \"https://example.org/test-book\")]", "[]"),
            Text(SOURCES, "holder: {\"vi\": \"Thư viện thử\", \"en\": \"Test library\"},", ""),
        ],
        &["sources.ron [0].read_in empty-list"],
    ),
    beside!(
        "an address of a file",
        &[Text(SOURCES, "http://example.org/news?id=1", "file:///etc/passwd")],
        &["sources.ron [1].read_in[1].url bad-address"],
    ),
    alone!(
        "two sources of one id",
        &[Text(SOURCES, "id: \"test-map\"", "id: \"test-book\"")],
        &[
            "exhibit.ron halls[0].lead.sources[0] unknown-source",
            "items/map-test.ron sources[0] unknown-source",
            "items/map-test.ron description[0].sources[0] unknown-source",
            "items/map-test.ron description[1].sources[0] unknown-source",
            "items/map-test.ron narration.vi.sources[0] unknown-source",
            "items/map-test.ron narration.en.sources[0] unknown-source",
            "items/map-test.ron kind.hotspots[0].text.sources[0] unknown-source",
            "items/map-test.ron kind.hotspots[1].text.sources[0] unknown-source",
            "sources.ron [1].id duplicate-id"
        ]
    ),
    beside!(
        "a licence in words",
        &[Text(ART, "LicenseRef-Test", "free to use")],
        &["items/art-test.ron kind.views[0].licence bad-licence"],
    ),
    // Pictures, sounds and captions.
    beside!(
        "a picture that is not there",
        &[Gone("images/back.png")],
        &["items/art-test.ron kind.views[1].file missing-file"],
    ),
    beside!(
        "a picture by its path elsewhere",
        &[Text(ART, "images/front.png", "../../../etc/passwd")],
        &["images/front.png - unused-file", "items/art-test.ron kind.views[0].file path-outside-pack"]
    ),
    alone!(
        "a picture at the root",
        &[Text(ART, "images/front.png", "/etc/passwd")],
        &["images/front.png - unused-file", "items/art-test.ron kind.views[0].file path-outside-pack"],
    ),
    alone!(
        "a picture that is a link to elsewhere",
        &[Link("images/front.png", "/etc/hostname")],
        &["items/art-test.ron kind.views[0].file path-outside-pack"],
    ),
    alone!(
        "a picture that is cut off",
        &[Made("images/page-2.png", cut_picture)],
        &["items/doc-test.ron kind.pages[1].picture.file unreadable-picture"],
    ),
    beside!(
        "a picture that was copied halfway",
        &[Made("images/page-2.png", half_picture)],
        &["items/doc-test.ron kind.pages[1].picture.file cut-off"],
    ),
    alone!(
        "a scan whose last strips are elsewhere",
        &[Made("images/page-2.png", half_scan)],
        &["items/doc-test.ron kind.pages[1].picture.file cut-off"],
    ),
    alone!(
        "pictures too many for one file",
        &[
            Sample("invalid/pack-too-large", "images/map.png"),
            Longer("images/map.png", 800_000_000),
            Sample("invalid/pack-too-large", "images/page-1.png"),
            Longer("images/page-1.png", 800_000_001),
            Sample("invalid/pack-too-large", "images/page-2.png"),
            Longer("images/page-2.png", 800_000_002),
            Sample("invalid/pack-too-large", "images/front.png"),
            Longer("images/front.png", 800_000_003),
            Sample("invalid/pack-too-large", "images/back.png"),
            Longer("images/back.png", 800_000_004),
            Sample("invalid/pack-too-large", "images/light.png"),
            Longer("images/light.png", 800_000_005),
        ],
        &["exhibit.ron - pack-too-large"],
    ),
    alone!(
        "a picture that is no picture",
        &[Put("images/page-2.png", b"%PDF-1.7 no picture at all")],
        &["items/doc-test.ron kind.pages[1].picture.file unreadable-picture"],
    ),
    alone!(
        "a picture that says it is huge",
        &[Made("images/page-2.png", huge_picture)],
        &["items/doc-test.ron kind.pages[1].picture.file picture-too-large"],
    ),
    alone!(
        "one picture twice",
        &[Copy("images/front.png", "images/back.png")],
        &["items/art-test.ron kind.views[0].file same-picture-twice"]
    ),
    alone!(
        "tiles that are not there",
        &[Put("images/a.dzi", DZI), Text(ART, "images/front.png", "images/a.dzi")],
        &["images/front.png - unused-file", "items/art-test.ron kind.views[0].file missing-file"],
    ),
    alone!(
        "tiles without end",
        &[Put("images/a.dzi", HUGE_DZI), Text(ART, "images/front.png", "images/a.dzi")],
        &["images/front.png - unused-file", "items/art-test.ron kind.views[0].file missing-file"]
    ),
    beside!("a file that nobody names", &[Put("images/left-over.png", b"x")], &["images/left-over.png - unused-file"]),
    alone!(
        "a version in words",
        &[Text(EXHIBIT, "version: \"0.1.0\"", "version: \"phiên bản 2\"")],
        &["exhibit.ron version unclear-version"],
    ),
    alone!(
        "a sound that is none",
        &[Put("narration/map-test.vi.ogg", b"OggS but nothing else")],
        &["items/map-test.ron narration.vi.audio unreadable-sound"],
    ),
    alone!(
        "a sound that was copied halfway",
        &[Sample("invalid/cut-off--sound", "narration/map-test.vi.ogg")],
        &["items/map-test.ron narration.vi.audio cut-off", "items/map-test.ron narration.vi.audio loudness"],
    ),
    alone!(
        "a sound without end",
        &[Longer("narration/map-test.vi.ogg", 65 << 20)],
        &[
            "items/map-test.ron narration.vi.audio unreadable-sound",
            "items/map-test.ron narration.vi.audio media-too-heavy"
        ]
    ),
    alone!(
        "a sound too loud",
        &[
            Sample("invalid/loudness", "narration/map-test.vi.wav"),
            Text(MAP, "narration/map-test.vi.ogg", "narration/map-test.vi.wav"),
            Gone("narration/map-test.vi.ogg"),
        ],
        &["items/map-test.ron narration.vi.audio loudness"],
    ),
    alone!(
        "one language without a voice",
        &[
            Sample("invalid/missing-narration", MAP),
            Gone("narration/map-test.en.ogg"),
            Gone("narration/map-test.en.vtt"),
        ],
        &["items/map-test.ron narration missing-narration"],
    ),
    beside!(
        "captions without their head",
        &[Text(VTT, "WEBVTT", "VTT")],
        &["narration/map-test.vi.vtt - bad-captions"]
    ),
    alone!(
        "captions that end first",
        &[Put(VTT, b"WEBVTT\n\n00:02.000 --> 00:01.000\na\n")],
        &["narration/map-test.vi.vtt - bad-captions"],
    ),
    alone!(
        "captions after the sound",
        &[Put(VTT, b"WEBVTT\n\n00:00.000 --> 59:00.000\nL\xe1\xbb\x9di\n")],
        &["items/map-test.ron narration.vi.captions captions-outside-sound"]
    ),
    // Maps.
    beside!(
        "a frame turned round",
        &[Text(MAP, "west: 100.0, east: 110.0", "west: 110.0, east: 100.0")],
        &["items/map-test.ron kind.frame bad-frame"],
    ),
    alone!(
        "degrees without a frame",
        &[Text(MAP, FRAME, "")],
        &["items/map-test.ron kind.hotspots[2].at geo-without-frame"],
    ),
    beside!(
        "a region that hangs over",
        &[Text(MAP, "Region(0.1, 0.6, 0.5, 0.2)", "Region(0.8, 0.6, 0.5, 0.2)")],
        &["items/map-test.ron kind.hotspots[1].at outside-picture"],
    ),
    alone!(
        "two points for three",
        &[points!("Polynomial1", "(at: (0.1, 0.1), geo: (100.5, 14.5)), (at: (0.9, 0.1), geo: (109.5, 14.6))")],
        &["items/map-test.ron kind.georeference.points too-few-points"],
    ),
    alone!(
        "points in a row",
        &[points!(
            "Polynomial1",
            "(at: (0.1, 0.1), geo: (101.0, 14.0)), (at: (0.5, 0.5), geo: (105.0, 10.0)), (at: (0.9, 0.9), geo: (109.0, 6.0))"
        )],
        &["items/map-test.ron kind.georeference.points points-on-a-line"],
    ),
    alone!(
        "points on one spot",
        &[points!(
            "Helmert",
            "(at: (0.1, 0.1), geo: (101.0, 14.0)), (at: (0.1, 0.1), geo: (105.0, 10.0)), (at: (0.9, 0.9), geo: (109.0, 6.0))"
        )],
        &["items/map-test.ron kind.georeference.points[1] points-at-one-place"]
    ),
    alone!(
        "a map in a mirror",
        &[points!(
            "Polynomial1",
            "(at: (0.9, 0.1), geo: (100.5, 14.5)), (at: (0.1, 0.1), geo: (109.5, 14.6)), (at: (0.1, 0.9), geo: (109.4, 5.5)), (at: (0.9, 0.9), geo: (100.6, 5.4))"
        )],
        &["items/map-test.ron kind.georeference.points mirrored-map"],
    ),
    alone!(
        "a map in folds",
        &[points!(
            "ThinPlateSpline",
            "(at: (0.1, 0.1), geo: (100.5, 14.5)), (at: (0.9, 0.1), geo: (109.5, 14.6)), (at: (0.9, 0.9), geo: (109.4, 5.5)), (at: (0.1, 0.9), geo: (100.6, 5.4)), (at: (0.5, 0.45), geo: (114.0, 10.3))"
        )],
        &["items/map-test.ron kind.georeference.points folded-map"],
    ),
    alone!(
        "degrees that are nowhere",
        &[points!("Helmert", "(at: (0.1, 0.1), geo: (14.0, 101.0)), (at: (0.9, 0.9), geo: (109.0, 6.0))")],
        &["items/map-test.ron kind.georeference.points[0].geo impossible-degrees"],
    ),
    alone!(
        "an annotation that is no JSON",
        &[ANNOTATED, Put("georef/a.json", b"{]")],
        &["georef/a.json - bad-annotation"],
    ),
    alone!(
        "an annotation nested without end",
        &[ANNOTATED, Made("georef/a.json", || "[".repeat(100_000).into_bytes())],
        &["georef/a.json - bad-annotation"],
    ),
    alone!(
        "an annotation elsewhere",
        &[Text(
            MAP,
            "        hotspots: [",
            "        georeference: Annotation(file: \"../a.json\", sources: [\"test-map\"]),\n        hotspots: [",
        )],
        &["items/map-test.ron kind.georeference.file path-outside-pack"],
    ),
];

const LONG: &str = "One map to test with, and after it a great many words that no line above a hall has room for.";
const FORTY_ONE: &str = "a b c d e f g h i j k l m n o p q r s t u v w x y z a b c d e f g h i j k l m n o";
const QUIZ: &[u8] = b"(id: \"quiz-test\", title: {\"vi\": \"a\", \"en\": \"a\"}, date: (when: Undated, text: {\"vi\": \"a\", \"en\": \"a\"}), \
sources: [\"test-book\"], description: [], kind: Quiz())";
const DZI: &[u8] = b"<Image TileSize=\"254\" Overlap=\"1\" Format=\"png\"><Size Width=\"15\" Height=\"7\"/></Image>";
const HUGE_DZI: &[u8] =
    b"<Image TileSize=\"1\" Overlap=\"0\" Format=\"png\"><Size Width=\"9999999\" Height=\"9999999\"/></Image>";
const FRAME: &str = "        frame: (
            projection: Mercator,
            west: 100.0, east: 110.0, south: 5.0, north: 15.0,
            left: 0.05, top: 0.05, right: 0.95, bottom: 0.95,
        ),
";

/// The first bytes of a picture.
fn cut_picture() -> Vec<u8> {
    let whole = crate::packs::packs().join("valid/small/images/page-2.png");
    let bytes = std::fs::read(whole).expect("picture read");
    bytes[..20].to_vec()
}

/// A picture without its end.
fn half_picture() -> Vec<u8> {
    let whole = crate::packs::packs().join("valid/small/images/page-2.png");
    let bytes = std::fs::read(whole).expect("picture read");
    bytes[..bytes.len() - 20].to_vec()
}

/// A TIFF of 24 × 32 grey pixels in four strips, of which two lie in the file.
fn half_scan() -> Vec<u8> {
    let mut bytes = b"II*\0\x08\0\0\0\x09\0".to_vec();
    let tag = |tag: u16, kind: u16, count: u32, value: u32| {
        let head = [tag.to_le_bytes(), kind.to_le_bytes()].concat();
        [head, count.to_le_bytes().to_vec(), value.to_le_bytes().to_vec()].concat()
    };
    let tags = [(256, 1, 24), (257, 1, 32), (258, 1, 8), (259, 1, 1), (262, 1, 1)];
    bytes.extend(tags.iter().flat_map(|(name, count, value)| tag(*name, 3, *count, *value)));
    bytes.extend([tag(273, 4, 4, 122), tag(277, 3, 1, 1), tag(278, 3, 1, 8), tag(279, 4, 4, 138)].concat());
    bytes.extend([0; 4]);
    bytes.extend((0..4u32).flat_map(|strip| (154 + strip * 192).to_le_bytes()));
    bytes.extend((0..4).flat_map(|_| 192u32.to_le_bytes()));
    bytes.extend([200; 2 * 192]);
    bytes
}

/// A PNG whose head tells more pixels than any picture may have.
fn huge_picture() -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR".to_vec();
    bytes.extend([0x7f, 0xff, 0xff, 0xff, 0x7f, 0xff, 0xff, 0xff, 8, 6, 0, 0, 0, 0, 0, 0, 0]);
    bytes
}

/// The exhibit with a thousand halls.
fn many_halls() -> Vec<u8> {
    let whole = crate::packs::packs().join("valid/small/exhibit.ron");
    let text = std::fs::read_to_string(whole).expect("exhibit read");
    let hall = |n: usize| {
        format!(
            "(id: \"h{n}\", title: {{\"vi\": \"a\", \"en\": \"a\"}}, lead: (text: {{\"vi\": \"a\", \"en\": \"a\"}}, \
             sources: [\"test-book\"]), items: []),\n"
        )
    };
    let halls: String = (0..1_000).map(hall).collect();
    text.replace("    halls: [\n", &format!("    halls: [\n{halls}")).into_bytes()
}
