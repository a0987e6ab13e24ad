#!/usr/bin/env bash
# Builds mediasoup's worker on Debian 12 from mediasoup's npm tarball and Debian's own packages,
# for machines that cannot download the prebuilt one.
#
#   build-sfu-worker.sh OUT_FILE VERSION INTEGRITY     (the last two as package-lock.json has them)
#
# The Debian packages it needs are listed in system-packages.mjs.
set -euo pipefail

OUT=$1
VERSION=$2
INTEGRITY=$3
JOBS=${JOBS:-$(nproc)}
WORK=$(dirname "$OUT")/build.$$
W=$WORK/package/worker

mkdir -p "$WORK"
cd "$WORK"
# Whatever ends this script, its children (npm, make, ninja) and its files end with it.
trap 'trap - EXIT; jobs -p | xargs -r kill 2>/dev/null; cd /; rm -rf "$WORK"' EXIT
trap 'exit 130' INT TERM HUP

# ---- Sources: libsrtp2 (Debian) and the worker (npm), side by side ------------------------------
# Debian's libsrtp2 binary is built on NSS, where AES-CM with HMAC takes five times as long as on
# OpenSSL, so the library is built on OpenSSL from Debian's source package. The system's Debian
# repositories are read as "deb-src" in an apt configuration apart: the system's is left as it is.
fetch_libsrtp() {
	local apt=$WORK/apt
	mkdir -p "$apt/lists/partial" "$apt/cache/archives/partial"
	apt-get indextargets --format '$(REPO_URI) $(CODENAME) $(COMPONENT)' \
		'Identifier: Packages' 'Origin: Debian' | sort -u | sed 's/^/deb-src /' >"$apt/src.list"
	set -- apt-get -qq -o "Dir::Etc::sourcelist=$apt/src.list" -o Dir::Etc::sourceparts=- \
		-o "Dir::State::lists=$apt/lists" -o "Dir::Cache=$apt/cache" -o Acquire::Retries=3 \
		-o "APT::Sandbox::User=$(id -un)"
	"$@" update
	"$@" source libsrtp2
	mv libsrtp2-*/ libsrtp2
}
fetch_libsrtp &
LIBSRTP=$!

npm pack --silent "mediasoup@$VERSION"
TGZ=mediasoup-$VERSION.tgz
GOT=sha512-$(openssl dgst -sha512 -binary "$TGZ" | base64 -w0)
[ "$GOT" = "$INTEGRITY" ] || {
	echo "mediasoup's tarball has the integrity $GOT, package-lock.json says $INTEGRITY" >&2
	exit 1
}
tar xzf "$TGZ"
wait "$LIBSRTP"

build_libsrtp() {
	cd "$WORK/libsrtp2"
	./configure --enable-openssl --disable-pcap >/dev/null
	make -j"$JOBS" CFLAGS='-O2 -fPIC' libsrtp2.a
}
build_libsrtp &
LIBSRTP=$!

# ---- In place of each meson wrap (a download), a subproject that hands out Debian's -------------
subproject() {
	local dir
	dir=$W/subprojects/$(sed -n 's/^directory *= *//p' "$W/subprojects/$1.wrap")
	mkdir -p "$dir"
	: >"$dir/empty.c"
	: >"$dir/empty.cpp"
	echo "$dir"
}

D=$(subproject libuv)
cat >"$D/meson.build" <<'EOF_MESON'
project('libuv', 'c')
# Debian's static libuv is libuv_a.a, which its libuv.pc does not name.
cc = meson.get_compiler('c')
libuv_dep = declare_dependency(dependencies: [
  cc.find_library('uv_a', static: true),
  cc.find_library('dl'),
  cc.find_library('rt'),
  dependency('threads'),
])
libuv = static_library('compat-libuv', 'empty.c')
EOF_MESON
cat >"$D/meson_options.txt" <<'EOF_MESON'
option('build_tests', type: 'boolean', value: false)
option('build_benchmarks', type: 'boolean', value: false)
EOF_MESON

D=$(subproject openssl)
cat >"$D/meson.build" <<'EOF_MESON'
project('openssl', 'c')
openssl_dep = dependency('openssl', static: true)
libcrypto_lib = static_library('compat-libcrypto', 'empty.c')
libssl_lib = static_library('compat-libssl', 'empty.c')
EOF_MESON

D=$(subproject flatbuffers)
cat >"$D/meson.build" <<'EOF_MESON'
project('flatbuffers', 'cpp')
flatbuffers_dep = dependency('flatbuffers', static: true)
flatbuffers_lib = static_library('compat-flatbuffers', 'empty.cpp')
EOF_MESON

D=$(subproject abseil-cpp)
cat >"$D/meson.build" <<'EOF_MESON'
project('abseil-cpp', 'cpp')
absl_strings_dep = dependency('absl_strings', static: true)
absl_types_dep = [dependency('absl_optional', static: true), dependency('absl_memory', static: true)]
absl_container_dep = absl_strings_dep
absl_container_lib = static_library('compat-absl', 'empty.cpp')
EOF_MESON

# mediasoup uses a beta of libsrtp 3; Debian has libsrtp 2.5: a shim maps the calls.
D=$(subproject libsrtp3)
mkdir -p "$D/include/srtp2"
cp libsrtp2/include/srtp.h libsrtp2/crypto/include/{auth,cipher,crypto_types}.h "$D/include/srtp2/"
cat >"$D/meson.build" <<EOF_MESON
project('libsrtp3', 'c')
libsrtp3_dep = declare_dependency(
  include_directories: include_directories('include'),
  link_args: ['$WORK/libsrtp2/libsrtp2.a'],
  dependencies: dependency('openssl', static: true),
)
libsrtp3 = static_library('compat-libsrtp3', 'empty.c')
EOF_MESON
cat >"$D/meson_options.txt" <<'EOF_MESON'
option('crypto-library', type: 'string', value: 'openssl')
option('crypto-library-kdf', type: 'string', value: 'disabled')
option('tests', type: 'string', value: 'disabled')
EOF_MESON
cat >"$D/include/srtp.h" <<'EOF_H'
// libsrtp 3 (beta) API, as mediasoup-worker calls it, on top of libsrtp 2.
// Only what the worker uses is here.
#ifndef COMPAT_SRTP3_ON_SRTP2_H
#define COMPAT_SRTP3_ON_SRTP2_H

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>

// libsrtp 2 has a struct by this name; libsrtp 3 has an opaque pointer.
#define srtp_policy_t srtp2_policy_t
#include <srtp2/srtp.h>
#undef srtp_policy_t

// Error codes that libsrtp 3 added. libsrtp 2 never returns them (the enum's
// largest member there is 27, so 28..31 are representable values of it).
inline constexpr srtp_err_status_t srtp_err_status_buffer_small =
  static_cast<srtp_err_status_t>(28);
inline constexpr srtp_err_status_t srtp_err_status_cryptex_err =
  static_cast<srtp_err_status_t>(29);

struct srtp3_policy
{
	srtp2_policy_t policy;
	uint8_t key[SRTP_MAX_KEY_LEN];
	size_t keyLen;
};

typedef srtp3_policy* srtp_policy_t;

inline srtp_err_status_t srtp_policy_create(srtp_policy_t* policy)
{
	auto* p = new (std::nothrow) srtp3_policy;

	if (!p)
	{
		return srtp_err_status_alloc_fail;
	}

	std::memset(static_cast<void*>(p), 0, sizeof(*p));
	p->policy.key = p->key;
	*policy       = p;

	return srtp_err_status_ok;
}

inline void srtp_policy_destroy(srtp_policy_t policy)
{
	if (!policy)
	{
		return;
	}

	// Don't leave key material behind.
	volatile uint8_t* key = policy->key;

	for (size_t i{ 0 }; i < sizeof(policy->key); ++i)
	{
		key[i] = 0;
	}

	delete policy;
}

inline srtp_err_status_t srtp_policy_set_ssrc(srtp_policy_t policy, srtp_ssrc_t ssrc)
{
	policy->policy.ssrc = ssrc;

	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_policy_set_profile(srtp_policy_t policy, srtp_profile_t profile)
{
	const srtp_err_status_t err =
	  srtp_crypto_policy_set_from_profile_for_rtp(&policy->policy.rtp, profile);

	if (err != srtp_err_status_ok)
	{
		return err;
	}

	// NOTE: For AES128_CM_SHA1_32 this sets an 80 bits tag (RFC 5764 4.1.2).
	return srtp_crypto_policy_set_from_profile_for_rtcp(&policy->policy.rtcp, profile);
}

inline srtp_err_status_t srtp_policy_add_key(
  srtp_policy_t policy,
  const uint8_t* key,
  size_t keyLen,
  const uint8_t* salt,
  size_t saltLen,
  const uint8_t* /*mki*/,
  size_t mkiLen)
{
	// A single master key and no MKI is what the worker uses.
	if (mkiLen != 0 || policy->keyLen != 0 || keyLen + saltLen > sizeof(policy->key))
	{
		return srtp_err_status_bad_param;
	}

	std::memcpy(policy->key, key, keyLen);
	std::memcpy(policy->key + keyLen, salt, saltLen);
	policy->keyLen = keyLen + saltLen;

	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_policy_set_allow_repeat_tx(srtp_policy_t policy, bool allow)
{
	policy->policy.allow_repeat_tx = allow ? 1 : 0;

	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_policy_set_window_size(srtp_policy_t policy, size_t size)
{
	policy->policy.window_size = static_cast<unsigned long>(size);

	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_create(srtp_t* session, srtp_policy_t policy)
{
	// libsrtp 2 reads key + salt of these many bytes from the given pointer.
	if (policy->keyLen != static_cast<size_t>(policy->policy.rtp.cipher_key_len))
	{
		return srtp_err_status_bad_param;
	}

	return srtp_create(session, static_cast<const srtp2_policy_t*>(&policy->policy));
}

// NOTE: libsrtp 2 looks the stream up by the SSRC in network byte order, which
// is what the worker gives.
inline srtp_err_status_t srtp_stream_remove(srtp_t session, uint32_t ssrc)
{
	return srtp_remove_stream(session, ssrc);
}

namespace compat_srtp3
{
	// libsrtp 2 works in place.
	inline bool Prepare(const uint8_t* in, size_t inLen, uint8_t* out, size_t outLen, size_t extra)
	{
		if (inLen + extra > outLen || inLen > 0x7fffffff)
		{
			return false;
		}

		if (in != out)
		{
			std::memmove(out, in, inLen);
		}

		return true;
	}
} // namespace compat_srtp3

inline srtp_err_status_t srtp_protect(
  srtp_t ctx, const uint8_t* rtp, size_t rtpLen, uint8_t* srtp, size_t* srtpLen, size_t /*mkiIndex*/)
{
	if (!compat_srtp3::Prepare(rtp, rtpLen, srtp, *srtpLen, SRTP_MAX_TRAILER_LEN))
	{
		return srtp_err_status_buffer_small;
	}

	int len                     = static_cast<int>(rtpLen);
	const srtp_err_status_t err = srtp_protect(ctx, static_cast<void*>(srtp), &len);

	if (err == srtp_err_status_ok)
	{
		*srtpLen = static_cast<size_t>(len);
	}

	return err;
}

inline srtp_err_status_t srtp_unprotect(
  srtp_t ctx, const uint8_t* srtp, size_t srtpLen, uint8_t* rtp, size_t* rtpLen)
{
	if (!compat_srtp3::Prepare(srtp, srtpLen, rtp, *rtpLen, 0))
	{
		return srtp_err_status_buffer_small;
	}

	int len                     = static_cast<int>(srtpLen);
	const srtp_err_status_t err = srtp_unprotect(ctx, static_cast<void*>(rtp), &len);

	if (err == srtp_err_status_ok)
	{
		*rtpLen = static_cast<size_t>(len);
	}

	return err;
}

inline srtp_err_status_t srtp_protect_rtcp(
  srtp_t ctx, const uint8_t* rtcp, size_t rtcpLen, uint8_t* srtcp, size_t* srtcpLen, size_t /*mkiIndex*/)
{
	if (!compat_srtp3::Prepare(rtcp, rtcpLen, srtcp, *srtcpLen, SRTP_MAX_TRAILER_LEN + 4))
	{
		return srtp_err_status_buffer_small;
	}

	int len                     = static_cast<int>(rtcpLen);
	const srtp_err_status_t err = srtp_protect_rtcp(ctx, static_cast<void*>(srtcp), &len);

	if (err == srtp_err_status_ok)
	{
		*srtcpLen = static_cast<size_t>(len);
	}

	return err;
}

inline srtp_err_status_t srtp_unprotect_rtcp(
  srtp_t ctx, const uint8_t* srtcp, size_t srtcpLen, uint8_t* rtcp, size_t* rtcpLen)
{
	if (!compat_srtp3::Prepare(srtcp, srtcpLen, rtcp, *rtcpLen, 0))
	{
		return srtp_err_status_buffer_small;
	}

	int len                     = static_cast<int>(srtcpLen);
	const srtp_err_status_t err = srtp_unprotect_rtcp(ctx, static_cast<void*>(rtcp), &len);

	if (err == srtp_err_status_ok)
	{
		*rtcpLen = static_cast<size_t>(len);
	}

	return err;
}

#endif
EOF_H

D=$(subproject unordered-dense)
cat >"$D/meson.build" <<'EOF_MESON'
project('ankerl-unordered-dense', 'cpp', version: '4.8.1')
ankerl_unordered_dense_dep = declare_dependency(include_directories: include_directories('include'))
EOF_MESON
mkdir -p "$D/include/ankerl"
cat >"$D/include/ankerl/unordered_dense.h" <<'EOF_H'
// ankerl::unordered_dense, as mediasoup-worker uses it (map, set and hash), on
// top of the standard library's containers. These give every guarantee of the
// original but iteration in insertion order.
#ifndef COMPAT_ANKERL_UNORDERED_DENSE_H
#define COMPAT_ANKERL_UNORDERED_DENSE_H

#include <cstdint>
#include <functional>
#include <unordered_map>
#include <unordered_set>

namespace ankerl::unordered_dense
{
	template<typename T>
	struct hash
	{
		uint64_t operator()(const T& value) const noexcept
		{
			// splitmix64's finalizer, since std::hash of an integer is the integer.
			uint64_t h = static_cast<uint64_t>(std::hash<T>{}(value)) + 0x9e3779b97f4a7c15ULL;

			h = (h ^ (h >> 30)) * 0xbf58476d1ce4e5b9ULL;
			h = (h ^ (h >> 27)) * 0x94d049bb133111ebULL;

			return h ^ (h >> 31);
		}
	};

	template<typename K, typename V, typename H = hash<K>, typename E = std::equal_to<K>>
	using map = std::unordered_map<K, V, H, E>;

	template<typename K, typename H = hash<K>, typename E = std::equal_to<K>>
	using set = std::unordered_set<K, H, E>;
} // namespace ankerl::unordered_dense

#endif
EOF_H

# ---- Changes to mediasoup's own files -----------------------------------------------------------
# replace FILE OLD NEW: OLD must be there exactly once, so that a new mediasoup is looked at again.
replace() {
	[ "$(grep -cF -- "$2" "$1")" = 1 ] || {
		echo "$1 has changed: '$2' is not there exactly once" >&2
		exit 1
	}
	python3 -c 'import sys; f, old, new = sys.argv[1:]; s = open(f).read(); open(f, "w").write(s.replace(old, new))' \
		"$1" "$2" "$3"
}

# Debian 12 has meson 1.0.1. Nothing in the file needs more.
replace "$W/meson.build" "meson_version: '>= 1.1.0'" "meson_version: '>= 1.0.0'"

# Debian's OpenSSL has kernel TLS compiled in, so it asks the write BIO whether it does KTLS
# (BIO_CTRL_GET_KTLS_SEND), and mediasoup's BIO callback turns the answer 0 into 1: it hands the
# result back only if the operation is exactly BIO_CB_RETURN, which is a flag. OpenSSL then allocates
# no write buffer and the worker dies of SIGSEGV in do_dtls1_write() at the first DTLS handshake.
replace "$W/src/RTC/DtlsTransport.cpp" \
	'(operationType == BIO_CB_RETURN) ?' '(operationType & BIO_CB_RETURN) ?'

# Most of the compile time is the same headers over and over: compile twelve files as one ("unity"),
# and precompile the headers that all of them include. Files that define a name which another file of
# the same namespace defines too are compiled alone.
python3 - "$W/meson.build" <<'EOF_PY'
import re, sys
path = sys.argv[1]
text = open(path).read()
target, count = re.subn(
    r"executable\(\n  'mediasoup-worker',.*?\n\)\n",
    """
alone = []
together = ['src/main.cpp']
foreach source : common_sources
  if [
    'src/Settings.cpp',
    'src/handles/TcpServerHandle.cpp',
    'src/handles/UdpSocketHandle.cpp',
    'src/handles/UnixStreamSocketHandle.cpp',
    'src/RTC/PlainTransport.cpp',
    'src/RTC/SvcProducerStreamManager.cpp',
    'src/RTC/TransportCongestionControlServer.cpp',
    'src/RTC/WebRtcTransport.cpp',
    'src/RTC/BWE/LossBasedController.cpp',
    'src/RTC/BWE/TargetRateController.cpp',
    'src/RTC/RTP/RtxStream.cpp',
    'src/RTC/SCTP/association/TransmissionControlBlock.cpp',
  ].contains(source)
    alone += source
  else
    together += source
  endif
endforeach
common = {
  'dependencies': dependencies,
  'include_directories': include_directories('include'),
  'cpp_args': cpp_args + ['-DMS_EXECUTABLE'],
  'cpp_pch': 'pch/pch.hpp',
}
alone_lib = static_library('alone', alone, kwargs: common, override_options: ['unity=off'])
executable('mediasoup-worker', together, kwargs: common, link_with: alone_lib)
""",
    text,
    flags=re.S,
)
if count != 1:
    sys.exit("meson.build has changed: no executable 'mediasoup-worker'")
open(path, "w").write(target)
EOF_PY
sed -i 's/\bkDeltaCounterMax\b/kTrendlineDeltaCounterMax/' \
	"$W/deps/libwebrtc/libwebrtc/modules/congestion_controller/goog_cc/trendline_estimator.cc"
mkdir "$W/pch"
printf '#include %s\n' '"common.hpp"' '"FBS/message.h"' '"FBS/request.h"' '"FBS/notification.h"' \
	'"FBS/response.h"' '<deque>' '<limits>' '<map>' '<span>' '<sstream>' '<string_view>' \
	'<unordered_map>' '<unordered_set>' '<uv.h>' '<ankerl/unordered_dense.h>' >"$W/pch/pch.hpp"

# ---- Build --------------------------------------------------------------------------------------
cd "$W"
meson setup build --buildtype release --wrap-mode nodownload --unity on -Dunity_size=12 \
	-Doptimization=2 -Db_ndebug=true -Db_pie=true -Dcpp_link_args='-static-libstdc++ -static-libgcc'
wait "$LIBSRTP"
ninja -C build -j"$JOBS" mediasoup-worker

strip -o "$WORK/mediasoup-worker" build/mediasoup-worker
mv "$WORK/mediasoup-worker" "$OUT"
cp "$WORK/package/LICENSE" "$(dirname "$OUT")/LICENSE.mediasoup"
