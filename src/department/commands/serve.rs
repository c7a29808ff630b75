//! `haidang-visits serve`: the dashboard over a lake. What joins its traits to the rooms of this program stands here.

use super::super::args::Serve;
use super::super::failure::Failure;
use super::super::{Done, Outcome, screen};
use super::office;
use super::running::{self, Look, Running};
use crate::base::clock::Clock;
use crate::department::answers::{Answer, AnswerError};
use crate::department::dashboard::{self, Notice, ReportFormat, Reports, ServeOptions, serve};
use crate::department::figures::{Figures, Period, Words};
use crate::department::periods::{self, Preset};
use crate::department::report::{self, Format, Letter};
use jiff::civil::Date;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::sync::{Notify, oneshot};
use tokio::time::MissedTickBehavior;

/// Between two looks whether journals, places or the calendar are new.
const LOOK_EVERY: Duration = Duration::from_secs(20);

pub fn run(args: &Serve) -> Done {
    let letter = super::report::letter(args.letter.as_deref())?;
    office::block_on(async {
        let running = Arc::new(Running::open(&args.office, &args.place).await?);
        let opened = Arc::new(Notify::new());
        let options = ServeOptions {
            address: args.address,
            users: args.users.clone(),
            hosts: args.host.clone(),
            https: args.https,
            proxy: args.proxy,
            calendar: Arc::new(Periods(Arc::clone(&running))),
            reports: Arc::new(Letters { letter, running: Arc::clone(&running) }),
            place_errors: Arc::new({
                let running = Arc::clone(&running);
                move || running.now().places.errors
            }),
            clock: Clock::machine(),
            tell: Arc::new({
                let opened = Arc::clone(&opened);
                move |notice| {
                    if let Notice::Listening(_) = notice {
                        opened.notify_one();
                    }
                    told(&notice);
                }
            }),
            stop: Box::pin(stopped()),
        };
        let (closing, closed) = oneshot::channel::<()>();
        let (handle, kept) = (Handle::current(), Arc::clone(&running));
        // On a thread of its own: counting takes long, and no page waits for it.
        let keeper = tokio::task::spawn_blocking(move || {
            handle.block_on(async {
                tokio::select! {
                    () = keep(&kept, &opened) => {}
                    _ = closed => {}
                }
            });
        });
        let served = serve(running, options).await.map_err(|error| Failure::of(&error));
        drop(closing);
        // Not before it has ended: what it asked the lake must not end in a complaint about the end.
        drop(keeper.await);
        served
    })?;
    Ok(Outcome::Good)
}

/// Once the dashboard is open, counts everything beforehand; then looks for what is new until the end.
async fn keep(running: &Running, opened: &Notify) {
    opened.notified().await;
    running::stock_up(&running.now().answers).await;
    let mut looks = tokio::time::interval(LOOK_EVERY);
    looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut complained = None;
    loop {
        looks.tick().await;
        let failure = running.look().await.map(|look| {
            if look == Look::Renewed {
                screen::note("đã đọc số liệu mới của kho", "what is new in the lake is shown now");
            }
        });
        // Once, however often it fails in the same way.
        let failure = failure.err();
        if let Some(failure) = failure.as_ref().filter(|failure| complained.as_ref() != Some(*failure)) {
            screen::complain(failure);
        }
        complained = failure;
    }
}

/// Until the person at the keyboard, or the system, ends the program.
async fn stopped() {
    // Where signals cannot be heard, the dashboard runs until it is killed.
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}

fn told(notice: &Notice) {
    match notice {
        Notice::Listening(address) => screen::tell(&format!(
            "{}\n",
            screen::tongue().say(
                &format!("Mở trình duyệt ở http://{address}/ , dừng bằng Ctrl+C"),
                &format!("open http://{address}/ in a browser, end with Ctrl+C")
            )
        )),
        Notice::NotEncrypted(address) => screen::note(
            &format!("{address}: máy khác xem được mà không mã hóa; nên đặt sau máy chủ HTTPS (--https)"),
            &format!("{address}: others can read along; put it behind an HTTPS proxy (--https)"),
        ),
        Notice::Trouble { number, cause } => {
            screen::note(&format!("lỗi {number}: {cause}"), &format!("trouble {number}: {cause}"));
        }
    }
}

/// The office's cut-offs, as the dashboard asks for them.
struct Periods(Arc<Running>);

impl dashboard::Calendar for Periods {
    fn period(&self, preset: dashboard::Preset, day: Date) -> Period {
        let preset = match preset {
            dashboard::Preset::SixMonths => Preset::SixMonths,
            dashboard::Preset::Year => Preset::Year,
            dashboard::Preset::SchoolYear => Preset::SchoolYear,
            dashboard::Preset::StatisticsHalfYear => Preset::StatisticsHalfYear,
        };
        periods::period(&self.0.now().answers.calendar, preset, day)
    }

    fn own(&self, first: Date, last: Date) -> Period {
        periods::period(&self.0.now().answers.calendar, Preset::Own { first, last }, first)
    }
}

/// Reports under one letterhead, unless the places have errors.
struct Letters {
    letter: Letter,
    running: Arc<Running>,
}

/// Extension, media type, name and purpose in both languages.
const FORMATS: [(&str, &str, [&str; 4]); 5] = [
    ("pdf", "application/pdf", ["PDF", "PDF", "Văn bản để in và ký.", "A letter to print and sign."]),
    (
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ["DOCX", "DOCX", "Văn bản để sửa tiếp.", "A letter to go on working in."],
    ),
    (
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ["XLSX", "XLSX", "Bảng tính, mỗi bảng một trang.", "A workbook, one sheet a table."],
    ),
    ("zip", "application/zip", ["CSV", "CSV", "Mọi bảng, mỗi bảng một tệp CSV.", "All tables, one CSV file each."]),
    ("html", "text/html; charset=utf-8", ["HTML", "HTML", "Một trang để xem và in.", "One page to read and print."]),
];

impl Reports for Letters {
    fn formats(&self) -> Vec<ReportFormat> {
        let words = |vi: &str, en: &str| Words { vi: vi.to_owned(), en: en.to_owned() };
        let format = |(extension, media_type, [vi, en, purpose_vi, purpose_en]): (_, _, [&str; 4])| ReportFormat {
            extension,
            media_type,
            name: words(vi, en),
            purpose: words(purpose_vi, purpose_en),
        };
        FORMATS.into_iter().map(format).collect()
    }

    fn write<'a>(
        &'a self,
        figures: &'a Figures,
        extension: &'a str,
        language: dashboard::Language,
    ) -> Answer<'a, Vec<u8>> {
        let language = match language {
            dashboard::Language::Vietnamese => report::Language::Vietnamese,
            dashboard::Language::English => report::Language::English,
        };
        if let Err(Failure { vi, en, .. }) = self.running.now().places.refuse_trouble() {
            return Box::pin(async { Err(AnswerError::Refused(Words { vi, en })) });
        }
        let (figures, letter) = (figures.clone(), self.letter.clone());
        let format = Format::of(Path::new(&format!("report.{extension}")));
        Box::pin(async move {
            let Some(format) = format else {
                let words = Words {
                    vi: "Không có định dạng này.".to_owned(),
                    en: "There is no such format.".to_owned(),
                };
                return Err(AnswerError::Refused(words));
            };
            // Laying out a letter takes a moment; other pages do not wait for it.
            let made = tokio::task::spawn_blocking(move || report::bytes(&figures, &letter, language, format)).await;
            let made = made.map_err(|error| AnswerError::Failed(Box::new(error)))?;
            made.map_err(|error| AnswerError::Failed(Box::new(error)))
        })
    }
}
