//! The student's door.

fn main() -> std::process::ExitCode {
    haidang::kiosk::run()
}
