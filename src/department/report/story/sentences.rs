//! The sentences of a report. None tells more than the figures: a sentence about a hidden count is left out or says
//! that it is hidden.

use super::super::guard::is_shown;
use super::super::numbers;
use super::super::words::{self, Language};
use super::lower_first;
use crate::department::figures::{Count, Figures};

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

    /// What was recorded, where and when, and how it compares.
    pub fn opening(&self) -> String {
        let period = &self.figures.period;
        let days = (numbers::date(period.first, self.language), numbers::date(period.last, self.language));
        let unit = self.language.of(&self.figures.unit.name);
        let name = lower_first(self.language.of(&period.name));
        let first = self.language.pick(
            format!("Trong {name} (từ ngày {} đến ngày {}), các máy của triển lãm số tại {unit} ", days.0, days.1),
            format!("From {} to {} ({name}), the kiosks of the digital exhibition in {unit} ", days.0, days.1),
        );
        let mut text = first + &self.visits();
        text.push_str(&self.compared());
        text
    }

    fn visits(&self) -> String {
        match self.figures.key.visits {
            Count::Shown(number) => self.language.pick(
                format!("ghi nhận {} lượt xem.", self.number(number)),
                format!("recorded {} visits.", self.number(number)),
            ),
            Count::Few => self.language.pick(
                format!("ghi nhận ít hơn {} lượt xem.", self.figures.threshold),
                format!("recorded fewer than {} visits.", self.figures.threshold),
            ),
            Count::Withheld => self.say(
                "có ghi nhận lượt xem; tổng số không công bố vì suy ra được số đã che.",
                "recorded visits; the total is not published, since a hidden number would follow from it.",
            ),
        }
    }

    fn compared(&self) -> String {
        let (Count::Shown(now), Some(Count::Shown(before))) = (self.figures.key.visits, self.figures.key.visits_before)
        else {
            return String::new();
        };
        let Some(change) = numbers::change(before, now) else { return String::new() };
        let was = self.number(before);
        let by = change.unsigned_abs();
        match change {
            0 => self.language.pick(
                format!(" So với kỳ trước tính đến cùng ngày ({was} lượt), số lượt gần như không đổi."),
                format!(" That is about the same as in the period before, cut off at the same day ({was} visits)."),
            ),
            1.. => self.language.pick(
                format!(" So với kỳ trước tính đến cùng ngày ({was} lượt), số lượt tăng {by}%."),
                format!(
                    " Compared with the period before, cut off at the same day ({was} visits), this is {by}% more."
                ),
            ),
            _ => self.language.pick(
                format!(" So với kỳ trước tính đến cùng ngày ({was} lượt), số lượt giảm {by}%."),
                format!(
                    " Compared with the period before, cut off at the same day ({was} visits), this is {by}% fewer."
                ),
            ),
        }
    }

    /// How long visits last, and how far they go.
    pub fn lengths(&self) -> Option<String> {
        let key = &self.figures.key;
        let Count::Shown(visits) = key.visits else { return None };
        let mut text = String::new();
        if let Some(median) = key.median_visit_millis {
            let median = numbers::spoken(median, self.language);
            text += &self.language.pick(
                format!("Một nửa số lượt xem kéo dài hơn {median}, không kể lúc không ai chạm vào màn hình."),
                format!("Half of the visits last longer than {median}, idle time excluded."),
            );
        }
        if let Count::Shown(finished) = key.finished
            && let Some(share) = numbers::percent(finished, visits)
        {
            let finished = self.number(finished);
            text += &self.language.pick(
                format!(" {finished} lượt ({share}%) nghe hết lời kể của ít nhất một tư liệu."),
                format!(" In {finished} visits ({share}%) at least one narration was heard to its end."),
            );
        }
        let text = text.trim_start().to_owned();
        (!text.is_empty()).then_some(text)
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

    /// The busiest week and the busiest hour.
    pub fn busiest(&self) -> Option<String> {
        let week = busiest(self.figures.weeks.iter().map(|(_, count)| *count));
        let hour = busiest(self.figures.hours.iter().flatten().copied());
        let mut text = String::new();
        if let Some((place, count)) = week {
            let monday = numbers::date(self.figures.weeks[place].0, self.language);
            let count = self.number(count);
            text += &self.language.pick(
                format!("Tuần có nhiều lượt xem nhất bắt đầu từ thứ Hai, ngày {monday} ({count} lượt)."),
                format!("The busiest week began on Monday, {monday} ({count} visits)."),
            );
        }
        if let Some((place, count)) = hour {
            let day = words::weekday_within(place / 24, self.language);
            let (hour, count) = (words::hour(place % 24, self.language), self.number(count));
            text += &self.language.pick(
                format!(" Trong tuần, đông nhất là {day} lúc {hour} ({count} lượt)."),
                format!(" Within the week, {day} at {hour} is busiest ({count} visits)."),
            );
        }
        let text = text.trim_start().to_owned();
        (!text.is_empty()).then_some(text)
    }

    pub fn languages(&self) -> Option<String> {
        let Count::Shown(visits) = self.figures.key.visits else { return None };
        let shares: Vec<String> = self
            .figures
            .languages
            .iter()
            .filter_map(|(tag, count)| {
                let Count::Shown(number) = count else { return None };
                let share = numbers::percent(*number, visits)?;
                let name = words::language_name(tag, self.language);
                let name = self.language.pick(name.replacen("Tiếng", "tiếng", 1), name);
                Some(format!("{name} {share}%"))
            })
            .collect();
        (!shares.is_empty()).then(|| {
            let list = shares.join(", ");
            self.language.pick(
                format!("Ngôn ngữ lúc kết thúc lượt xem: {list}."),
                format!("Language in which visits ended: {list}."),
            )
        })
    }

    pub fn first_item(&self) -> Option<String> {
        let shown = |count| if let Count::Shown(number) = count { Some(number) } else { None };
        let items = self.figures.items.iter().filter_map(|item| Some((item, shown(item.openings)?)));
        // The first of equals.
        let (item, openings) =
            items.rev().max_by_key(|(_, openings)| *openings).filter(|(_, openings)| *openings > 0)?;
        let title = super::super::tables::item_title(self.figures, &item.item, self.language);
        let openings = self.number(openings);
        Some(self.language.pick(
            format!("Tư liệu được mở nhiều nhất là “{title}” ({openings} lượt mở)."),
            format!("The item opened most is “{title}” ({openings} openings)."),
        ))
    }

    /// Kiosks, and how many were heard from.
    pub fn places(&self) -> String {
        let key = &self.figures.key;
        let (kiosks, heard) = (self.number(key.kiosks), self.number(key.kiosks_heard_from));
        let (schools, others) = (self.number(key.schools), self.number(key.other_places));
        let mut text = self.language.pick(
            format!("Có {kiosks} máy đặt tại {schools} trường và {others} nơi khác; {heard} máy đã nộp nhật ký trong kỳ."),
            format!("There are {kiosks} kiosks in {schools} schools and {others} other places; {heard} were heard from in the period."),
        );
        if let missing @ 1.. = key.kiosks.saturating_sub(key.kiosks_heard_from) {
            let missing = self.number(missing);
            text += &self.language.pick(
                format!(" Còn {missing} máy chưa nộp nhật ký; lượt xem của các máy này chưa có trong báo cáo."),
                format!(" Nothing was heard from {missing}; their visits are not in this report."),
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

    /// What the signs mean.
    pub fn signs(&self) -> String {
        let threshold = self.figures.threshold;
        self.language.pick(
            format!("Số nhỏ hơn {threshold} được che và ghi là “<\u{a0}{threshold}”. Dấu “…” thay cho số không công bố vì từ đó suy ra được số đã che."),
            format!("Numbers under {threshold} are hidden and shown as “<\u{a0}{threshold}”. The sign “…” stands for a number that is not published because a hidden one would follow from it."),
        )
    }

    pub fn origin(&self) -> String {
        let journals = self.figures.journals.len() as u64;
        let count = self.number(journals);
        self.language.pick(
            format!("Số liệu được tính từ {count} tệp nhật ký của máy, đã kiểm tra chuỗi mã và chữ ký; danh sách tệp và mã băm có trong bảng “Nguồn” của báo cáo dạng bảng tính. Lệnh “haidang-visits explain” với tên ô ghi dưới mỗi bảng cho biết máy nào, tệp nào góp bao nhiêu vào ô đó."),
            format!("The figures come from {count} journal files of the kiosks, whose chains and signatures were checked; the files and their hashes stand in the table “Sources” of the workbook. The command “haidang-visits explain” with the name of a cell, told below each table, tells which kiosks and files contribute how much to it."),
        )
    }
}

/// The place and value of the largest shown count, if any holds more than nothing; the first of equals.
pub(in crate::department::report) fn busiest(counts: impl Iterator<Item = Count>) -> Option<(usize, u64)> {
    let mut best = None;
    for (place, count) in counts.enumerate().filter(|(_, count)| is_shown(*count)) {
        if let Count::Shown(number) = count
            && number > best.map_or(0, |(_, most)| most)
        {
            best = Some((place, number));
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::super::super::sample;
    use super::*;

    fn opening(figures: &Figures) -> String {
        Speaker { figures, language: Language::Vietnamese }.opening()
    }

    #[test]
    fn growth_and_decline_are_told() {
        let mut figures = sample::figures();
        figures.key.visits = Count::Shown(112);
        figures.key.visits_before = Some(Count::Shown(100));
        assert!(opening(&figures).contains("tăng 12%"));
        figures.key.visits = Count::Shown(88);
        assert!(opening(&figures).contains("giảm 12%"));
        figures.key.visits_before = Some(Count::Few);
        assert!(!opening(&figures).contains('%'));
        figures.key.visits_before = Some(Count::Shown(0));
        assert!(!opening(&figures).contains('%'));
    }

    #[test]
    fn a_hidden_total_is_told_as_hidden() {
        let mut figures = sample::figures();
        figures.key.visits = Count::Few;
        assert!(opening(&figures).contains("ít hơn 5 lượt xem"));
    }

    #[test]
    fn the_first_of_equals_is_busiest() {
        let counts = [Count::Few, Count::Shown(7), Count::Shown(7), Count::Shown(0)];
        assert_eq!(busiest(counts.into_iter()), Some((1, 7)));
        assert_eq!(busiest([Count::Shown(0)].into_iter()), None);
    }
}
