//! The kiosk as a whole: the real program in a real window (under Xvfb), driven by replays, on a stepped clock.

mod endurance;
mod looks;
mod measure;
mod overlay;
mod painted_sea;
mod run;
mod staff;
mod trouble;
mod visit;
mod watched;
