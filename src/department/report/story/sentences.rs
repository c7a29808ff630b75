//! The sentences of a report. None tells more than the figures: a sentence about a hidden count is left out or says
//! that it is hidden.

use super::super::numbers;
use super::super::words::{self, Language, lower_first};
use crate::department::figures::{Before, Count, Figures, Level};
use crate::department::lake::marks;
use crate::department::periods::is_unnamed;

pub(super) struct Speaker<'a> {
    pub figures: &'a Figures,
    pub language: Language,
}

impl Speaker<'_> {
    pub fn number(&self, number: u64) -> String {
        numbers::whole(number, self.language)
    }

    pub fn say(&self, vi: &str, en: &str) -> String {
        self.language.pick(vi, en).to_owned()
    }

    /// “ít nhất 40” where there may be more.
    fn at_least(&self, number: u64, is_exact: bool) -> String {
        let number = self.number(number);
        if is_exact { number } else { self.language.pick(format!("ít nhất {number}"), format!("at least {number}")) }
    }

    /// What was recorded, where and when, and how it compares.
    pub fn opening(&self) -> String {
        let period = &self.figures.period;
        let days = (numbers::date(period.first, self.language), numbers::date(period.last, self.language));
        let unit = words::at_unit(&self.figures.unit, self.language);
        let name = lower_first(self.language.of(&period.name));
        let when = if is_unnamed(period) {
            self.language
                .pick(format!("từ ngày {} đến ngày {}", days.0, days.1), format!("from {} to {}", days.0, days.1))
        } else {
            self.language.pick(
                format!("trong {name} (từ ngày {} đến ngày {})", days.0, days.1),
                format!("from {} to {} ({name})", days.0, days.1),
            )
        };
        // A period that is not over is told up to a day.
        let when = if self.figures.is_over() {
            when
        } else {
            let day = numbers::date(self.figures.made_on, self.language);
            self.language.pick(format!("tính đến ngày {day}, {when}"), format!("as of {day}, {when}"))
        };
        let when = upper_first(&when);
        if self.figures.key.kiosks == 0 {
            return self.language.pick(
                format!("{when}, không có máy nào của triển lãm số đặt {unit}."),
                format!("{when}, no kiosk of the digital exhibition stood {unit}."),
            );
        }
        let first = self.language.pick(
            format!("{when}, các máy của triển lãm số {unit} "),
            format!("{when}, the kiosks of the digital exhibition {unit} "),
        );
        first + &self.visits() + &self.undated() + &self.compared()
    }

    /// Visits whose day no clock told, which stand in no number of the report.
    fn undated(&self) -> String {
        let key = &self.figures.key;
        let kiosks = self.figures.kiosks.iter().filter(|kiosk| kiosk.undated != Count::Shown(0)).count();
        let kiosks = self.number(kiosks as u64);
        let (vi, en) = match key.undated {
            Count::Shown(0) => return String::new(),
            Count::Shown(number) => {
                let number = self.at_least(number, key.undated_more == 0);
                (format!("{number} lượt"), format!("{number} visits"))
            }
            Count::Few => {
                let few = self.figures.threshold;
                (format!("ít hơn {few} lượt"), format!("fewer than {few} visits"))
            }
            Count::Withheld => ("một số lượt (không công bố)".to_owned(), "some visits (not published)".to_owned()),
        };
        self.language.pick(
            format!(" Ngoài ra, trong nhật ký của {kiosks} máy có đồng hồ chạy sai còn {vi} không rõ ngày, không tính vào kỳ nào, kể cả kỳ này."),
            format!(" Besides, the journals of {kiosks} kiosks with a wrong clock hold {en} without a known day; they count in no period, not in this one either."),
        )
    }

    fn visits(&self) -> String {
        let key = &self.figures.key;
        match key.visits {
            Count::Shown(number) => {
                let number = self.at_least(number, key.visits_more == 0);
                self.language.pick(format!("ghi nhận {number} lượt xem."), format!("recorded {number} visits."))
            }
            Count::Few => self.language.pick(
                format!("ghi nhận ít hơn {} lượt xem.", self.figures.threshold),
                format!("recorded fewer than {} visits.", self.figures.threshold),
            ),
            Count::Withheld => self.say(
                "có ghi nhận lượt xem; tổng số không công bố vì suy ra được số đã ẩn.",
                "recorded visits; the total is not published, since a hidden number would follow from it.",
            ),
        }
    }

    /// Against the whole period before, once this one is over.
    fn compared(&self) -> String {
        let (Some(change), Some(before)) = (self.figures.change_percent(), &self.figures.key.before) else {
            if !self.figures.is_change_undated() {
                return String::new();
            }
            return self.say(
                " Không so sánh với kỳ trước, vì số lượt không rõ ngày có thể làm thay đổi kết quả so sánh.",
                " It is not compared with the period before, since visits without a known day could alter the outcome.",
            );
        };
        let Count::Shown(was) = before.visits else { return String::new() };
        let was = self.at_least(was, before.more == 0);
        let name = lower_first(self.language.of(&before.period.name));
        let by = change.unsigned_abs();
        let than = self.language.pick(
            format!(" So với cả kỳ trước ({name}: {was} lượt), số lượt"),
            format!(" Compared with the whole period before ({name}: {was} visits), this is"),
        );
        let moved = match change {
            0 => self.say(" gần như không đổi.", " about the same."),
            1.. => self.language.pick(format!(" tăng {by}%."), format!(" {by}% more.")),
            _ => self.language.pick(format!(" giảm {by}%."), format!(" {by}% fewer.")),
        };
        than + &moved + &self.begun_late(before)
    }

    /// Kiosks that were set up in the middle of the period before make growth of what is none.
    fn begun_late(&self, before: &Before) -> String {
        match before.begins_late() {
            Some(day) => {
                let day = numbers::date(day, self.language);
                self.language.pick(
                    format!(" Lưu ý: trong kỳ trước, chỉ từ ngày {day} mới có số liệu."),
                    format!(" Note that figures of the period before begin only on {day}."),
                )
            }
            None => String::new(),
        }
    }

    /// How long visits last, and how far they go.
    pub fn lengths(&self) -> Option<String> {
        let key = &self.figures.key;
        let mut text = String::new();
        if let Some(median) = key.median_visit_millis {
            let median = numbers::spoken(median, self.language);
            text += &self.language.pick(
                format!("Một nửa số lượt xem kéo dài hơn {median}, không kể lúc không ai chạm vào màn hình."),
                format!("Half of the visits last longer than {median}, idle time excluded."),
            );
        }
        if let Count::Shown(finished @ 1..) = key.finished {
            let finished = self.at_least(finished, key.finished_more == 0);
            let share = self.figures.finished_percent().map_or_else(String::new, |share| format!(" ({share}%)"));
            text += &self.language.pick(
                format!(" Có {finished} lượt{share} nghe hết lời kể của ít nhất một tư liệu."),
                format!(" In {finished} visits{share} at least one narration was heard to its end."),
            );
        }
        let text = text.trim_start().to_owned();
        (!text.is_empty()).then_some(text)
    }

    /// What is not told in days that cut a segment of the calendar.
    pub fn untold(&self) -> Option<String> {
        (!self.figures.is_whole).then(|| untold(self.language).to_owned())
    }

    /// People before the screens, and what teachers counted: two numbers of different kinds.
    pub fn people(&self) -> Option<String> {
        let key = &self.figures.key;
        let mut text = String::new();
        if let Some((least, most)) = key.people {
            let (least, most) = (self.number(least), self.number(most));
            text += &self.language.pick(
                format!("Ước tính có từ {least} đến {most} người đã đứng trước màn hình; đây không phải số đếm."),
                format!("An estimated {least} to {most} people stood before the screens; this is not a count."),
            );
        }
        if let Some(counted) = key.teacher_count {
            let counted = self.number(counted);
            text += &self.language.pick(
                format!(" Giáo viên đếm được {counted} lượt học sinh; số này được để riêng, không cộng với lượt xem."),
                format!(" Teachers counted {counted} students; this number stands apart and is not added to visits."),
            );
        }
        let text = text.trim_start().to_owned();
        (!text.is_empty()).then_some(text)
    }

    /// The busiest week and the busiest hour, each where it surely is.
    pub fn busiest(&self) -> Option<String> {
        let mut text = String::new();
        if let Some(most) = self.figures.busiest_week()
            && let Some((monday, _)) = self.figures.weeks.get(most.at)
        {
            let monday = numbers::date(*monday, self.language);
            let count = self.at_least(most.number, most.is_exact);
            text += &self.language.pick(
                format!("Tuần có nhiều lượt xem nhất bắt đầu từ thứ Hai, ngày {monday} ({count} lượt)."),
                format!("The busiest week began on Monday, {monday} ({count} visits)."),
            );
        }
        if let Some(most) = self.figures.busiest_hour() {
            let day = words::weekday_within(most.at / 24, self.language);
            let hour = words::hour(most.at % 24, self.language);
            let count = self.at_least(most.number, most.is_exact);
            text += &self.language.pick(
                format!(" Trong tuần, đông nhất là {day} lúc {hour} ({count} lượt)."),
                format!(" Within the week, {day} at {hour} is busiest ({count} visits)."),
            );
        }
        let text = text.trim_start().to_owned();
        (!text.is_empty()).then_some(text)
    }

    pub fn languages(&self) -> Option<String> {
        let told = |(row, (tag, count)): (usize, &(String, Count))| {
            let Count::Shown(number @ 1..) = count else { return None };
            let name = words::language_name(tag, self.language);
            let name = self.language.pick(name.replacen("Tiếng", "tiếng", 1), name);
            Some(match self.figures.language_percent(row) {
                Some(share) => format!("{name} {share}%"),
                None => {
                    let number = self.at_least(*number, false);
                    self.language.pick(format!("{name} {number} lượt"), format!("{name} {number} visits"))
                }
            })
        };
        let shares: Vec<String> = self.figures.languages.iter().enumerate().filter_map(told).collect();
        (!shares.is_empty()).then(|| {
            let list = shares.join(", ");
            self.language.pick(
                format!("Ngôn ngữ lúc kết thúc lượt xem: {list}."),
                format!("Language in which visits ended: {list}."),
            )
        })
    }

    pub fn first_item(&self) -> Option<String> {
        let most = self.figures.item_opened_most()?;
        let item = self.figures.items.get(most.at)?;
        let title = super::super::tables::item_title(self.figures, &item.item, self.language);
        let openings = self.at_least(most.number, most.is_exact);
        Some(self.language.pick(
            format!("Tư liệu được mở nhiều nhất là “{title}” ({openings} lượt mở)."),
            format!("The item opened most is “{title}” ({openings} openings)."),
        ))
    }

    /// Kiosks, and how many were heard from.
    pub fn places(&self) -> String {
        let key = &self.figures.key;
        if key.kiosks == 0 {
            return self.say("Không có máy nào đặt tại đây trong kỳ.", "No kiosk stood here in the period.");
        }
        let (kiosks, heard) = (self.number(key.kiosks), self.number(key.kiosks_heard_from));
        let (schools, others) = (self.number(key.schools), self.number(key.other_places));
        let at = match (key.schools, key.other_places) {
            (0, 0) => String::new(),
            (_, 0) => self.language.pick(format!(" đặt tại {schools} trường"), format!(" in {schools} schools")),
            (0, _) => self.language.pick(format!(" đặt tại {others} nơi"), format!(" in {others} places")),
            _ => self.language.pick(
                format!(" đặt tại {schools} trường và {others} nơi khác"),
                format!(" in {schools} schools and {others} other places"),
            ),
        };
        let mut text = self.language.pick(
            format!("Có {kiosks} máy{at}; {heard} máy có nhật ký dùng được của kỳ."),
            format!("There are {kiosks} kiosks{at}; usable journals of the period came from {heard}."),
        );
        if let missing @ 1.. = key.kiosks.saturating_sub(key.kiosks_heard_from) {
            let missing = self.number(missing);
            text += &self.language.pick(
                format!(" Còn {missing} máy chưa có nhật ký dùng được, do chưa nộp hoặc nhật ký đã nộp không được nhận; lượt xem của các máy này chưa có trong báo cáo."),
                format!(" From {missing} there is none, because none was handed in or what was handed in was refused; their visits are not in this report."),
            );
        }
        // Nobody knows where they belong, so no smaller unit is told of them.
        let is_large = self.figures.unit.level <= Level::Province;
        if let placeless @ 1.. = key.kiosks_without_place
            && is_large
        {
            let placeless = self.number(placeless);
            text += &self.language.pick(
                format!(" Trong kho dữ liệu có {placeless} máy mà danh mục địa điểm không cho biết đặt ở đâu trong những ngày có lượt xem; các lượt đó không có trong báo cáo."),
                format!(" For {placeless} kiosks in the lake the gazetteer does not tell where they stood on days with visits; those visits are not in this report."),
            );
        }
        text
    }

    /// How visits are counted, and that nothing personal is stored.
    pub fn rule(&self) -> [String; 2] {
        [
            self.say(
                "Một lượt xem bắt đầu từ lần chạm đầu tiên và kết thúc khi người xem chọn kết thúc, khi lâu không ai chạm vào màn hình, hoặc khi máy tắt. Hai người xem nối tiếp nhau mà không ngừng là một lượt; một người quay lại xem là hai lượt. Vì vậy lượt xem không phải là số người.",
                "A visit begins with the first touch and ends when the visitor chooses to finish, when nobody has touched the screen for a while, or when the kiosk is closed. Two people one after the other without a pause are one visit; one person who comes back is two. Visits are therefore not people.",
            ),
            self.say(
                "Máy không chụp hình, không ghi âm, không lưu tên hay bất cứ dữ liệu cá nhân nào; nhật ký chỉ có mã tư liệu, số và từ cố định.",
                "The kiosks take no pictures, record no sound and store no name or other personal data; their journals hold ids of items, numbers and fixed words only.",
            ),
        ]
    }

    /// What the signs mean, and that rows are lower bounds.
    pub fn signs(&self) -> String {
        let threshold = self.figures.threshold;
        self.language.pick(
            format!("Để không ai bị nhận ra, mỗi dòng của các bảng và biểu đồ là ít nhất bấy nhiêu; phần không biết thuộc dòng nào được ghi là “không phân chia”, cộng với các dòng thì bằng tổng. Số nhỏ hơn {threshold} được ẩn và ghi là “<\u{a0}{threshold}”. Dấu “…” thay cho số không công bố vì từ đó suy ra được số đã ẩn."),
            format!("So that nobody can be recognised, each row of the tables and charts is at least so many; what is known of no row is “not split up”, and with the rows it makes the total. Numbers under {threshold} are hidden and shown as “<\u{a0}{threshold}”. The sign “…” stands for a number that is not published because a hidden one would follow from it."),
        )
    }

    pub fn origin(&self) -> String {
        let count = self.number(self.figures.journals.len() as u64);
        let first = self.language.pick(
            format!("Số liệu được tính từ {count} tệp nhật ký của máy; danh sách tệp và mã băm có trong bảng “Nguồn” của báo cáo dạng bảng tính."),
            format!("The figures come from {count} journal files of the kiosks; the files and their hashes stand in the table “Sources” of the workbook."),
        );
        let last = self.say(
            " Mỗi con số tra được đến từng máy và từng tệp; cách tra cũng ghi ở bảng đó.",
            " Every number can be traced to single kiosks and files; that table tells how.",
        );
        first + &self.checked() + &last
    }

    /// How many chains and signatures were found in order, and how many not.
    fn checked(&self) -> String {
        let told: Vec<_> = self.figures.kiosks.iter().filter(|kiosk| kiosk.records > 0).collect();
        if told.is_empty() {
            return String::new();
        }
        let without = |marks: &[&str]| {
            let sound = told.iter().filter(|kiosk| !kiosk.marks.iter().any(|mark| marks.contains(mark))).count();
            (self.number(sound as u64), self.number((told.len() - sound) as u64))
        };
        let (chains, broken) = without(&[marks::GAP, marks::BROKEN_CHAIN, marks::TORN_TAIL]);
        let (signed, unsigned) = without(&[marks::NO_SEAL, marks::UNKNOWN_KEY, marks::BAD_SIGNATURE]);
        self.language.pick(
            format!(" Đã kiểm tra nhật ký của từng máy: chuỗi mã liền mạch ở {chains} máy, bị đứt hoặc thiếu đoạn ở {broken} máy; chữ ký đúng ở {signed} máy, không có hoặc không đúng ở {unsigned} máy."),
            format!(" The journals of each kiosk were checked: the chain of hashes is whole at {chains} kiosks, broken or with a gap at {broken}; the signature is right at {signed}, missing or wrong at {unsigned}."),
        )
    }
}

/// Why tables are missing where the days asked for cut a segment of the calendar.
pub(in crate::department::report) fn untold(language: Language) -> &'static str {
    language.pick(
        "Những ngày này không bắt đầu và kết thúc cùng một kỳ báo cáo, nên chỉ công bố lượt xem theo tuần, mỗi số là ít nhất bấy nhiêu; các số liệu khác không công bố cho những ngày này. Muốn có đủ, hãy ghi những ngày này vào tệp lịch (calendar.ron).",
        "These days do not begin and end where a reporting period does, so only visits by week are told, each at least so many; other figures are not told for these days. To have them, add the days to the calendar (calendar.ron).",
    )
}

fn upper_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::super::super::sample;
    use super::*;
    use crate::department::figures::{ItemMore, KioskRow};
    use jiff::civil::date;

    fn of(figures: &Figures) -> Speaker<'_> {
        Speaker { figures, language: Language::Vietnamese }
    }

    fn opening(figures: &Figures) -> String {
        of(figures).opening()
    }

    fn before(figures: &mut Figures, visits: Count) {
        figures.key.before.as_mut().expect("the sample has one").visits = visits;
    }

    #[test]
    fn growth_and_decline_are_told() {
        let mut figures = sample::figures();
        figures.key.visits = Count::Shown(112);
        before(&mut figures, Count::Shown(100));
        assert!(opening(&figures).contains("cả kỳ trước (sáu tháng đầu năm 2026: 100 lượt), số lượt tăng 12%"));
        figures.key.visits = Count::Shown(88);
        assert!(opening(&figures).contains("giảm 12%"));
        before(&mut figures, Count::Few);
        assert!(!opening(&figures).contains('%'));
        before(&mut figures, Count::Shown(0));
        assert!(!opening(&figures).contains('%'));
    }

    #[test]
    fn a_false_519_per_cent_against_a_lower_bound_is_not_told() {
        let mut figures = sample::figures();
        figures.key.before.as_mut().expect("there").more = 20_000;
        assert!(!opening(&figures).contains('%'), "{}", opening(&figures));
    }

    #[test]
    fn a_running_period_says_up_to_which_day_and_is_not_compared() {
        let mut figures = sample::figures();
        figures.made_on = date(2026, 11, 21);
        let told = opening(&figures);
        assert!(
            told.starts_with("Tính đến ngày 21/11/2026, trong sáu tháng cuối năm 2026 (từ ngày 01/07/2026"),
            "{told}"
        );
        assert!(!told.contains('%') && !told.contains("kỳ trước"), "{told}");
        let english = Speaker { figures: &figures, language: Language::English }.opening();
        assert!(english.starts_with("As of 21 November 2026, from 1 July 2026"), "{english}");
        figures.made_on = date(2027, 1, 4);
        assert!(opening(&figures).starts_with("Trong sáu tháng"));
    }

    #[test]
    fn growth_since_kiosks_began_in_the_middle_of_the_period_before_says_so() {
        let mut figures = sample::figures();
        figures.key.before.as_mut().expect("there").told_from = Some(date(2026, 5, 4));
        let told = opening(&figures);
        assert!(told.contains("tăng 12%") && told.contains("chỉ từ ngày 04/05/2026 mới có số liệu"), "{told}");
        figures.key.before.as_mut().expect("there").told_from = None;
        assert!(!opening(&figures).contains('%'));
    }

    #[test]
    fn own_days_that_cut_a_segment_are_at_least_so_many_and_their_dates_stand_once() {
        let mut figures = sample::figures();
        let (first, last) = (date(2026, 1, 1), date(2026, 5, 21));
        let calendar = crate::department::periods::Calendar::default();
        let own = crate::department::periods::Preset::Own { first, last };
        figures.period = crate::department::periods::period(&calendar, own, first);
        figures.is_whole = false;
        figures.key.visits_more = 900;
        figures.key.before = None;
        let told = opening(&figures);
        assert_eq!(
            told,
            "Từ ngày 01/01/2026 đến ngày 21/05/2026, các máy của triển lãm số tại tỉnh Quảng Ngãi ghi nhận ít nhất 48.210 lượt xem."
        );
        assert!(of(&figures).untold().is_some_and(|told| told.contains("calendar.ron")));
    }

    #[test]
    fn a_busiest_week_that_may_not_be_the_busiest_is_not_told() {
        let mut figures = sample::figures();
        assert!(of(&figures).busiest().is_some_and(|told| told.contains("28/09/2026 (5.300 lượt)")));
        figures.more.weeks = figures.weeks.iter().map(|_| 100).collect();
        figures.key.visits = Count::Shown(60_000);
        assert!(of(&figures).busiest().is_some_and(|told| told.contains("28/09/2026 (ít nhất 5.300 lượt)")));
        figures.more.weeks = figures.weeks.iter().map(|_| 1_000).collect();
        assert!(of(&figures).busiest().is_none_or(|told| !told.contains("Tuần có nhiều")));
    }

    #[test]
    fn a_quarter_that_heard_it_out_could_be_more_and_is_told_without_per_cent() {
        let mut figures = sample::figures();
        assert!(of(&figures).lengths().is_some_and(|told| told.contains("29.408 lượt (61%)")));
        figures.key.finished_more = 12_000;
        let told = of(&figures).lengths().expect("told");
        assert!(told.contains("ít nhất 29.408 lượt nghe hết") && !told.contains('%'), "{told}");
        figures.items[0].more = ItemMore { openings: 9_000, ..ItemMore::default() };
        assert!(of(&figures).first_item().is_some_and(|told| told.contains("ít nhất 9.840")));
        figures.items[1].more = ItemMore { openings: 9_000, ..ItemMore::default() };
        assert_eq!(of(&figures).first_item(), None);
    }

    #[test]
    fn chains_and_signatures_are_counted_and_not_said_to_be_good_of_all() {
        let mut figures = sample::figures();
        figures.kiosks[1].marks = vec!["unknown-key"];
        let told = of(&figures).origin();
        assert!(told.contains("liền mạch ở 2 máy, bị đứt hoặc thiếu đoạn ở 1 máy"), "{told}");
        assert!(told.contains("chữ ký đúng ở 2 máy, không có hoặc không đúng ở 1 máy"), "{told}");
        figures.kiosks.iter_mut().for_each(|kiosk| kiosk.records = 0);
        assert!(!of(&figures).origin().contains("chữ ký"));
    }

    #[test]
    fn four_kiosks_whose_journals_have_no_signature_are_not_among_28_with_a_right_one() {
        let mut figures = sample::figures();
        let kiosk = figures.kiosks[0].clone();
        let with = |mark: Option<&'static str>| KioskRow { marks: mark.into_iter().collect(), ..kiosk.clone() };
        figures.kiosks = (0..28).map(|at| with((at < 4).then_some(marks::NO_SEAL))).collect();
        let told = of(&figures).origin();
        assert!(told.contains("liền mạch ở 28 máy, bị đứt hoặc thiếu đoạn ở 0 máy"), "{told}");
        assert!(told.contains("chữ ký đúng ở 24 máy, không có hoặc không đúng ở 4 máy"), "{told}");
        let english = Speaker { figures: &figures, language: Language::English }.origin();
        assert!(english.contains("right at 24, missing or wrong at 4"), "{english}");
        figures.kiosks[5].marks = vec![marks::TORN_TAIL];
        assert!(of(&figures).origin().contains("bị đứt hoặc thiếu đoạn ở 1 máy"));
    }

    #[test]
    fn twelve_schools_and_no_other_place_are_twelve_schools() {
        let mut figures = sample::figures();
        (figures.key.schools, figures.key.other_places) = (12, 0);
        assert!(of(&figures).places().contains("đặt tại 12 trường; "), "{}", of(&figures).places());
        figures.key.other_places = 9;
        assert!(of(&figures).places().contains("12 trường và 9 nơi khác"));
    }

    #[test]
    fn a_report_over_a_faulty_gazetteer_tells_of_kiosks_that_could_not_be_placed() {
        let mut figures = sample::figures();
        let places = |figures: &Figures| Speaker { figures, language: Language::Vietnamese }.places();
        assert!(!places(&figures).contains("danh mục địa điểm"));
        figures.key.kiosks_without_place = 3;
        assert!(places(&figures).contains("có 3 máy mà danh mục địa điểm không cho biết đặt ở đâu"));
    }

    #[test]
    fn a_report_of_a_school_says_nothing_of_a_stray_kiosk_elsewhere() {
        let mut figures = sample::figures();
        figures.key.kiosks_without_place = 1;
        assert!(of(&figures).places().contains("danh mục địa điểm"));
        figures.unit.level = Level::School;
        assert!(!of(&figures).places().contains("danh mục địa điểm"));
    }

    #[test]
    fn a_kiosk_whose_journal_was_refused_is_not_said_to_have_handed_in_none() {
        let told = of(&sample::figures()).places();
        assert!(told.contains("Còn 2 máy chưa có nhật ký dùng được") && !told.contains("chưa nộp nhật ký"), "{told}");
    }

    #[test]
    fn a_unit_without_kiosks_has_no_visitors_from_0_to_0() {
        let mut figures = sample::figures();
        (figures.key.kiosks, figures.key.visits, figures.key.people) = (0, Count::Shown(0), None);
        assert!(opening(&figures).contains("không có máy nào của triển lãm số đặt tại tỉnh Quảng Ngãi"));
        assert_eq!(of(&figures).places(), "Không có máy nào đặt tại đây trong kỳ.");
        assert_eq!(of(&figures).people().filter(|told| told.contains("từ 0")), None);
    }

    #[test]
    fn a_dead_clock_does_not_make_13_464_visits_vanish_nor_a_decline_of_13_per_cent() {
        let mut figures = sample::figures();
        figures.key.visits = Count::Shown(1_254);
        before(&mut figures, Count::Shown(1_441));
        assert!(opening(&figures).contains("giảm 13%"), "{}", opening(&figures));
        figures.kiosks[1].undated = Count::Shown(13_464);
        figures.key.undated = Count::Shown(13_464);
        let told = opening(&figures);
        assert!(told.contains("của 1 máy có đồng hồ chạy sai còn 13.464 lượt không rõ ngày"), "{told}");
        assert!(told.contains("không tính vào kỳ nào") && told.contains("Không so sánh"), "{told}");
        assert!(!told.contains('%'), "{told}");
        // Also where they may lie in the period before alone.
        figures.key.undated = Count::Shown(0);
        figures.key.before.as_mut().expect("there").undated = 13_464;
        assert!(!opening(&figures).contains('%'));
        figures.key.undated = Count::Few;
        assert!(opening(&figures).contains("ít hơn 5 lượt không rõ ngày"));
    }

    #[test]
    fn a_hidden_total_is_told_as_hidden() {
        let mut figures = sample::figures();
        figures.key.visits = Count::Few;
        assert!(opening(&figures).contains("ít hơn 5 lượt xem"));
    }
}
