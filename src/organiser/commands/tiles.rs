//! `haidang-pack tiles`: cuts one picture, as the kiosk does on first opening.

use crate::organiser::Outcome;
use crate::organiser::args::Tiles;
use crate::pack::tiles;
use std::io::Write;

pub fn run(args: &Tiles) -> Outcome {
    let cut = tiles::cut(&args.picture, &args.out, |done| {
        eprint!("\r{:3.0} %", done * 100.0);
        // A terminal that cannot be written to is no reason to stop cutting.
        let _ = std::io::stderr().flush();
        true
    });
    match cut {
        Ok(()) => {
            eprintln!("\r100 %");
            Outcome::Clean
        }
        Err(error) => {
            eprintln!("\n{}: {error}", args.picture.display());
            Outcome::CannotRead
        }
    }
}
