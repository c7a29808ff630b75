//! Connections that cannot be held for ever: a client that stops sending or reading is cut off, and there are only so
//! many at once, altogether and from one address.

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use std::collections::HashMap;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, Sleep, sleep};

const MOST_CONNECTIONS: usize = 512;
const MOST_FROM_ONE_ADDRESS: usize = 64;
/// A request must be whole so long after the connection began or the last byte of an answer left. Longer than a page
/// may take to make.
const PATIENCE: Duration = Duration::from_secs(60);
/// When the system has no more sockets, it is asked again after this.
const BREATH: Duration = Duration::from_millis(200);

/// Where a connection comes from.
#[derive(Clone, Copy, Debug)]
pub struct Caller(pub IpAddr);

impl Connected<IncomingStream<'_, Doorkeeper>> for Caller {
    fn connect_info(stream: IncomingStream<'_, Doorkeeper>) -> Self {
        Self(stream.remote_addr().ip())
    }
}

pub struct Doorkeeper {
    listener: TcpListener,
    places: Arc<Semaphore>,
    by_address: Arc<Mutex<HashMap<IpAddr, usize>>>,
    /// A proxy brings everybody's connections.
    proxy: Option<IpAddr>,
}

impl Doorkeeper {
    pub fn new(listener: TcpListener, proxy: Option<IpAddr>) -> Self {
        Self { listener, places: Arc::new(Semaphore::new(MOST_CONNECTIONS)), by_address: Arc::default(), proxy }
    }

    /// None when the address holds too many connections already.
    fn seat(&self, ip: IpAddr) -> Option<Seat> {
        let mut by_address = self.by_address.lock().unwrap_or_else(PoisonError::into_inner);
        let held = by_address.entry(ip).or_insert(0);
        let many = *held >= MOST_FROM_ONE_ADDRESS && !ip.is_loopback() && self.proxy != Some(ip);
        (!many).then(|| {
            *held += 1;
            Seat { ip, by_address: Arc::clone(&self.by_address) }
        })
    }
}

impl Listener for Doorkeeper {
    type Io = Guarded;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Guarded, SocketAddr) {
        loop {
            // Never closed, so there is always a place in the end.
            let Ok(place) = Arc::clone(&self.places).acquire_owned().await else { continue };
            match self.listener.accept().await {
                Ok((stream, address)) => {
                    if let Some(seat) = self.seat(address.ip()) {
                        return (Guarded::new(stream, place, seat), address);
                    }
                }
                Err(_) => sleep(BREATH).await,
            }
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}

/// One connection of an address; given back when dropped.
struct Seat {
    ip: IpAddr,
    by_address: Arc<Mutex<HashMap<IpAddr, usize>>>,
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut by_address = self.by_address.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(held) = by_address.get_mut(&self.ip) {
            *held = held.saturating_sub(1);
            if *held == 0 {
                by_address.remove(&self.ip);
            }
        }
    }
}

pub struct Guarded {
    stream: TcpStream,
    deadline: Pin<Box<Sleep>>,
    _place: OwnedSemaphorePermit,
    _seat: Seat,
}

impl Guarded {
    fn new(stream: TcpStream, place: OwnedSemaphorePermit, seat: Seat) -> Self {
        Self { stream, deadline: Box::pin(sleep(PATIENCE)), _place: place, _seat: seat }
    }

    fn or_too_late<T>(&mut self, context: &mut Context<'_>, ready: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        match ready {
            Poll::Pending => self.deadline.as_mut().poll(context).map(|()| Err(io::ErrorKind::TimedOut.into())),
            ready => ready,
        }
    }
}

impl AsyncRead for Guarded {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let ready = Pin::new(&mut self.stream).poll_read(context, buffer);
        // A trickle of bytes does not move the deadline.
        if self.deadline.is_elapsed() {
            return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
        }
        self.or_too_late(context, ready)
    }
}

impl AsyncWrite for Guarded {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let ready = Pin::new(&mut self.stream).poll_write(context, bytes);
        if matches!(ready, Poll::Ready(Ok(_))) {
            self.deadline.as_mut().reset(Instant::now() + PATIENCE);
        }
        self.or_too_late(context, ready)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
