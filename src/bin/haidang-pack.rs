//! The organiser's door.

fn main() -> std::process::ExitCode {
    haidang::organiser::run()
}
