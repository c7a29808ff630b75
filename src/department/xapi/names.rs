//! Every IRI of the profile. Verbs and types come from the public lists where those have one (ADL, Activity Streams);
//! the rest lies under the office's own address, for whoever mints an IRI should own it.

use std::fmt;

/// The longest address of an office, in bytes.
const MAX_BASE_BYTES: usize = 200;

/// The address below which an office's IRIs lie, such as `https://luotxem.example.vn`. It must never change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Base(String);

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an address such as https://visits.example.vn is wanted: http or https, a host, no user, no ? and no #")]
pub struct NoBase;

impl Base {
    pub fn new(text: &str) -> Result<Self, NoBase> {
        let address = url::Url::parse(text).map_err(|_| NoBase)?;
        let is_plain = ["http", "https"].contains(&address.scheme())
            && address.host_str().is_some_and(|host| !host.is_empty())
            && address.username().is_empty()
            && address.password().is_none()
            && address.query().is_none()
            && address.fragment().is_none();
        let text = address.as_str().trim_end_matches('/').to_owned();
        if is_plain && text.len() <= MAX_BASE_BYTES { Ok(Self(text)) } else { Err(NoBase) }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn kiosk(&self, kiosk: &str) -> String {
        format!("{self}/kiosk/{kiosk}")
    }

    /// An exhibit, or what stands for it while the journal has not named one.
    pub fn exhibit(&self, exhibit: Option<&str>) -> String {
        exhibit.map_or_else(|| format!("{self}/exhibit"), |exhibit| format!("{self}/exhibit/{exhibit}"))
    }

    pub fn trouble(&self, code: &str) -> String {
        format!("{self}/trouble/{code}")
    }

    pub fn language(&self, tag: &str) -> String {
        format!("{self}/language/{tag}")
    }

    /// The profile, and its version in every statement's category.
    pub fn profile(&self) -> String {
        format!("{self}/xapi")
    }

    pub fn profile_version(&self) -> String {
        format!("{self}/xapi/v1")
    }

    pub fn extension(&self, extension: Extension) -> String {
        format!("{self}/xapi/extensions/{}", extension.word())
    }

    pub fn verb(&self, verb: Verb) -> String {
        match verb.public() {
            Some(iri) => iri.to_owned(),
            None => format!("{self}/xapi/verbs/{}", verb.words().0),
        }
    }

    pub fn activity_type(&self, kind: ActivityType) -> String {
        match kind.public() {
            Some(iri) => iri.to_owned(),
            None => format!("{self}/xapi/activity-types/{}", kind.word()),
        }
    }

    pub fn template(&self, kind: &str) -> String {
        format!("{self}/xapi/templates/{kind}")
    }
}

impl fmt::Display for Base {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    Initialized,
    Terminated,
    Opened,
    Experienced,
    Interacted,
    Played,
    Completed,
    Suspended,
    Preferred,
    Reported,
}

impl Verb {
    pub const ALL: [Self; 10] = [
        Self::Initialized,
        Self::Terminated,
        Self::Opened,
        Self::Experienced,
        Self::Interacted,
        Self::Played,
        Self::Completed,
        Self::Suspended,
        Self::Preferred,
        Self::Reported,
    ];

    /// In English and Vietnamese.
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Initialized => ("initialized", "bắt đầu"),
            Self::Terminated => ("terminated", "kết thúc"),
            Self::Opened => ("opened", "mở"),
            Self::Experienced => ("experienced", "xem"),
            Self::Interacted => ("interacted", "tương tác"),
            Self::Played => ("played", "phát"),
            Self::Completed => ("completed", "hoàn thành"),
            Self::Suspended => ("suspended", "ngừng giữa chừng"),
            Self::Preferred => ("preferred", "chọn"),
            Self::Reported => ("reported", "báo"),
        }
    }

    /// Where a public list has it.
    pub fn public(self) -> Option<&'static str> {
        Some(match self {
            Self::Initialized => "http://adlnet.gov/expapi/verbs/initialized",
            Self::Terminated => "http://adlnet.gov/expapi/verbs/terminated",
            Self::Opened => "http://activitystrea.ms/schema/1.0/open",
            Self::Experienced => "http://adlnet.gov/expapi/verbs/experienced",
            Self::Interacted => "http://adlnet.gov/expapi/verbs/interacted",
            Self::Played => "http://activitystrea.ms/schema/1.0/play",
            Self::Completed => "http://adlnet.gov/expapi/verbs/completed",
            Self::Suspended => "http://adlnet.gov/expapi/verbs/suspended",
            Self::Preferred => "http://adlnet.gov/expapi/verbs/preferred",
            Self::Reported => return None,
        })
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActivityType {
    Kiosk,
    Exhibit,
    Screen,
    Item,
    Point,
    Narration,
    Source,
    Language,
    Trouble,
    /// The profile itself, as a category.
    Profile,
}

impl ActivityType {
    pub const ALL: [Self; 10] = [
        Self::Kiosk,
        Self::Exhibit,
        Self::Screen,
        Self::Item,
        Self::Point,
        Self::Narration,
        Self::Source,
        Self::Language,
        Self::Trouble,
        Self::Profile,
    ];

    pub fn word(self) -> &'static str {
        match self {
            Self::Kiosk => "kiosk",
            Self::Exhibit => "exhibit",
            Self::Screen => "screen",
            Self::Item => "item",
            Self::Point => "point",
            Self::Narration => "narration",
            Self::Source => "source",
            Self::Language => "language",
            Self::Trouble => "trouble",
            Self::Profile => "profile",
        }
    }

    pub fn public(self) -> Option<&'static str> {
        match self {
            Self::Item => Some("http://adlnet.gov/expapi/activities/media"),
            Self::Narration => Some("http://activitystrea.ms/schema/1.0/audio"),
            Self::Profile => Some("http://adlnet.gov/expapi/activities/profile"),
            _ => None,
        }
    }

    /// What it is, in English and Vietnamese.
    pub fn definition(self) -> (&'static str, &'static str) {
        match self {
            Self::Kiosk => ("An exhibition kiosk.", "Một kiosk trưng bày."),
            Self::Exhibit => ("An exhibition shown by a kiosk.", "Một triển lãm trên kiosk."),
            Self::Screen => ("A screen of the kiosk that is no item.", "Một màn hình của kiosk, không phải tư liệu."),
            Self::Item => ("A map, document or artefact.", "Một bản đồ, văn bản hay hiện vật."),
            Self::Point => ("A point on an item that tells more.", "Một điểm trên tư liệu có thuyết minh thêm."),
            Self::Narration => {
                ("An item's narration in one language.", "Lời thuyết minh của tư liệu bằng một ngôn ngữ.")
            }
            Self::Source => ("A source that a statement cites.", "Một nguồn được dẫn."),
            Self::Language => ("A language of the screen.", "Một ngôn ngữ trên màn hình."),
            Self::Trouble => ("A trouble of the kiosk, as a fixed word.", "Một trục trặc của kiosk, bằng từ cố định."),
            Self::Profile => ("An xAPI profile.", "Một hồ sơ xAPI."),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extension {
    Sequence,
    Software,
    ExhibitVersion,
    WallMillis,
    Ending,
    Zoom,
    Comparison,
    Page,
    Line,
    Lost,
}

impl Extension {
    pub const ALL: [Self; 10] = [
        Self::Sequence,
        Self::Software,
        Self::ExhibitVersion,
        Self::WallMillis,
        Self::Ending,
        Self::Zoom,
        Self::Comparison,
        Self::Page,
        Self::Line,
        Self::Lost,
    ];

    pub fn word(self) -> &'static str {
        match self {
            Self::Sequence => "sequence",
            Self::Software => "software",
            Self::ExhibitVersion => "exhibit-version",
            Self::WallMillis => "wall-millis",
            Self::Ending => "ending",
            Self::Zoom => "zoom-percent",
            Self::Comparison => "comparison",
            Self::Page => "page",
            Self::Line => "line",
            Self::Lost => "lost-records",
        }
    }

    /// Stands in `context`; otherwise in `result`.
    pub fn is_of_context(self) -> bool {
        matches!(self, Self::Sequence | Self::Software | Self::ExhibitVersion | Self::WallMillis)
    }

    /// A JSON Schema of its value.
    pub fn schema(self) -> &'static str {
        match self {
            Self::Sequence | Self::Page | Self::Line | Self::Lost => r#"{"type":"integer","minimum":1}"#,
            Self::Zoom => r#"{"type":"integer","minimum":0}"#,
            Self::WallMillis => r#"{"type":"integer"}"#,
            Self::Software | Self::ExhibitVersion => r#"{"type":"string","pattern":"^[a-z0-9.+-]{1,64}$"}"#,
            Self::Ending => r#"{"enum":["finished","idle","stopped"]}"#,
            Self::Comparison => r#"{"enum":["over-sea","same-place","beside"]}"#,
        }
    }

    pub fn definition(self) -> (&'static str, &'static str) {
        match self {
            Self::Sequence => ("Number of the record in the kiosk's journal, from 1.", "Số thứ tự bản ghi, từ 1."),
            Self::Software => ("Version of the kiosk's program.", "Phiên bản chương trình của kiosk."),
            Self::ExhibitVersion => ("Version of the exhibition.", "Phiên bản triển lãm."),
            Self::WallMillis => (
                "The machine's clock in milliseconds since 1970, where no calendar holds it; there is no timestamp then.",
                "Đồng hồ máy tính bằng mili giây từ năm 1970, khi không lịch nào chứa được; khi đó không có timestamp.",
            ),
            Self::Ending => ("How the visit ended.", "Lượt xem kết thúc thế nào."),
            Self::Zoom => (
                "Deepest zoom, in screen pixels for 100 pixels of the picture.",
                "Độ phóng lớn nhất, số điểm màn hình cho 100 điểm ảnh.",
            ),
            Self::Comparison => ("What a map was compared with.", "Bản đồ được so sánh với gì."),
            Self::Page => ("Page turned to, from 1.", "Trang được lật tới, từ 1."),
            Self::Line => ("Line touched, from 1.", "Dòng được chạm, từ 1."),
            Self::Lost => ("Records that could not be kept.", "Số bản ghi không giữ được."),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_office_gives_an_address_without_secrets_or_questions() {
        assert_eq!(Base::new("https://a.vn/").map(|b| b.to_string()), Ok("https://a.vn".into()));
        assert_eq!(Base::new("https://a.vn/x/").map(|b| b.exhibit(Some("e"))), Ok("https://a.vn/x/exhibit/e".into()));
        let long = format!("https://a.vn/{}", "x".repeat(200));
        for bad in
            ["", "a.vn", "ftp://a.vn", "https://u:p@a.vn", "https://a.vn?x", "https://a.vn#x", "mailto:a@b", &long]
        {
            assert_eq!(Base::new(bad), Err(NoBase), "{bad}");
        }
    }
}
