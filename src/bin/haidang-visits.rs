//! The education department's door.

fn main() -> std::process::ExitCode {
    haidang::department::run()
}
