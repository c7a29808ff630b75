//! The sample's periods and reports.

use super::words;
use haidang::department::answers::Answer;
use haidang::department::dashboard::{Calendar, Language, Preset, ReportFormat, Reports};
use haidang::department::figures::{Figures, Period};
use jiff::ToSpan;
use jiff::civil::{Date, date};

/// Plain cut-offs; the real ones are settings of the department.
pub struct SampleCalendar;

impl Calendar for SampleCalendar {
    fn period(&self, preset: Preset, day: Date) -> Period {
        let year = day.year();
        let begun = |month: i8, first: i8| if day >= date(year, month, first) { year } else { year - 1 };
        match preset {
            Preset::Year => {
                period(date(year, 1, 1), date(year, 12, 31), &format!("Năm {year}"), &format!("Year {year}"))
            }
            Preset::SixMonths if day.month() <= 6 => period(
                date(year, 1, 1),
                date(year, 6, 30),
                &format!("Sáu tháng đầu năm {year}"),
                &format!("First half of {year}"),
            ),
            Preset::SixMonths => period(
                date(year, 7, 1),
                date(year, 12, 31),
                &format!("Sáu tháng cuối năm {year}"),
                &format!("Second half of {year}"),
            ),
            Preset::SchoolYear => {
                let first = begun(9, 5);
                let (vi, en) = (format!("Năm học {first}–{}", first + 1), format!("School year {first}–{}", first + 1));
                period(date(first, 9, 5), date(first + 1, 5, 31), &vi, &en)
            }
            Preset::StatisticsHalfYear => {
                let first = if day >= date(year, 12, 15) {
                    date(year, 12, 15)
                } else if day >= date(year, 6, 15) {
                    date(year, 6, 15)
                } else {
                    date(year - 1, 12, 15)
                };
                let last = first.checked_add(6.months()).and_then(|day| day.checked_sub(1.day())).expect("in range");
                period(first, last, "Kỳ thống kê nửa năm", "Statistics half-year")
            }
        }
    }

    fn own(&self, first: Date, last: Date) -> Period {
        period(first, last, "Kỳ tự chọn", "Own days")
    }
}

fn period(first: Date, last: Date, vi: &str, en: &str) -> Period {
    Period { first, last, name: words(vi, en) }
}

/// One small format, to see that the download is joined to the figures.
pub struct SampleReports;

impl Reports for SampleReports {
    fn formats(&self) -> Vec<ReportFormat> {
        let format = |extension, media_type, vi: &str, en: &str, purpose_vi: &str, purpose_en: &str| ReportFormat {
            extension,
            media_type,
            name: words(vi, en),
            purpose: words(purpose_vi, purpose_en),
        };
        vec![
            format(
                "pdf",
                "application/pdf",
                "PDF để in và ký",
                "PDF to print and sign",
                "Theo thể thức văn bản hành chính, phông chữ nhúng sẵn.",
                "Laid out as an administrative document, fonts embedded.",
            ),
            format(
                "docx",
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                "DOCX để sửa",
                "DOCX to edit",
                "Cùng nội dung, mở bằng Word hoặc LibreOffice.",
                "The same content, for Word or LibreOffice.",
            ),
            format(
                "xlsx",
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                "XLSX để tính tiếp",
                "XLSX to go on working in",
                "Mỗi bảng một trang tính, có nguồn của từng số.",
                "One sheet a table, with the source of every number.",
            ),
            format(
                "csv",
                "text/csv; charset=utf-8",
                "CSV",
                "CSV",
                "Một bảng dài, cho phần mềm khác.",
                "One long table, for other programs.",
            ),
            format(
                "html",
                "text/html; charset=utf-8",
                "HTML",
                "HTML",
                "Một tệp đọc được không cần mạng.",
                "One file that is read without a network.",
            ),
        ]
    }

    fn write<'a>(&'a self, figures: &'a Figures, extension: &'a str, language: Language) -> Answer<'a, Vec<u8>> {
        Box::pin(async move {
            let name = language.words(&figures.unit.name);
            Ok(format!("Sample report, no real figures: {name}, {extension}, {:?}\n", figures.key.visits).into_bytes())
        })
    }
}
