//! The dashboard over real sockets on this machine: every page, every link, and what must be refused. The figures are
//! a sample made for these tests; none was measured.

mod accounts;
mod client;
mod hostile;
mod pages;
mod sample;
mod server;
