# Sourced by the other scripts: one target folder for every build, and the packages a fresh Debian machine lacks.
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$HOME/.cache/haidang-target}"
export CARGO_TERM_COLOR="${CARGO_TERM_COLOR:-auto}"

# Installs the Debian packages among the arguments that are missing; needs root (or sudo) only then.
need_packages() {
    local missing=() package
    for package in "$@"; do
        dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] && return 0
    echo "== Cài gói Debian · installing: ${missing[*]}"
    local root=()
    [ "$(id -u)" -eq 0 ] || root=(sudo)
    "${root[@]}" apt-get update -qq
    DEBIAN_FRONTEND=noninteractive "${root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

build_packages=(build-essential pkg-config libasound2-dev libudev-dev libwayland-dev libxkbcommon-dev)
screen_packages=(mesa-vulkan-drivers libvulkan1 libxkbcommon-x11-0 libx11-xcb1 libxcursor1 libxi6 libxrandr2)

need_rust() {
    if ! command -v cargo >/dev/null && [ -f "$HOME/.cargo/env" ]; then
        # shellcheck disable=SC1091
        . "$HOME/.cargo/env"
    fi
    command -v cargo >/dev/null || {
        echo "Cần Rust 1.95 trở lên (rustup.rs). · Rust 1.95 or newer is needed (rustup.rs)." >&2
        exit 1
    }
}
