package org.xfrmctl.netlink.xfrm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Key;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.Spi;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.Fixtures;
import org.xfrmctl.netlink.message.ErrorMessage;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.message.Request;

class DiagnosisTest {

    @ParameterizedTest(name = "{1} of {0} is {2}")
    @CsvSource({
        "req-newsa-gcm.txt,                8,   seq",
        "req-newsa-gcm.txt,                16,  sel.daddr",
        "req-newsa-gcm.txt,                88,  id.spi",
        "req-newsa-gcm.txt,                231, replay_window",
        "req-newsa-gcm.txt,                240, alg_aead",
        "req-newsa-gcm.txt,                244, alg_aead.alg_name",
        "req-newsa-gcm.txt,                312, alg_aead.alg_icv_len",
        "req-newsa-short-attr-erange.txt,  240, alg_aead",
        "req-updpolicy.txt,                176, dir",
        "req-updpolicy.txt,                184, tmpl",
        "req-updpolicy.txt,                188, tmpl[0].id.daddr",
        "req-updpolicy.txt,                232, tmpl[0].reqid",
        "req-delsa.txt,                    32,  spi"
    })
    void offsetsAreNamed(String name, int offset, String field) {
        assertThat(new XfrmDiagnosis().fieldAt(Fixtures.message(name, "request"), offset))
                .contains(field);
    }

    @ParameterizedTest
    @CsvSource({"-1", "40", "100000", "39"})
    void offsetsOutsideHaveNoName(int offset) {
        assertThat(new XfrmDiagnosis().fieldAt(Fixtures.message("req-delsa.txt", "request"), offset))
                .isEmpty();
    }

    @ParameterizedTest(name = "proto {0} to {1}: {2}")
    @CsvSource({
        "50,  192.0.2.1,   modprobe esp4`",
        "50,  2001:db8::1, modprobe esp6`",
        "51,  192.0.2.1,   modprobe ah4`",
        "51,  2001:db8::1, modprobe ah6`",
        "108, 192.0.2.1,   modprobe ipcomp`",
        "108, 2001:db8::1, modprobe ipcomp6`"
    })
    void theMissingModuleIsNamed(int protocol, String destination, String hint) {
        IpAddress address = IpAddress.parse(destination);
        XfrmState state = XfrmState.builder(
                        new SaId(address, new Spi(1), new IpProtocol(protocol)), IpAddress.any(address.family()))
                .build();
        assertThat(hint(XfrmRequests.addState(state), Errno.EPROTONOSUPPORT, "Requested type not found"))
                .contains(hint);
    }

    @ParameterizedTest
    @CsvSource({
        "EPERM,  '',                                                       unshare -rn",
        "ENOSYS, Requested AEAD algorithm not found,                       /proc/crypto",
        "EEXIST, '',                                                       destination, SPI and protocol",
        "ESRCH,  '',                                                       mark",
        "EINVAL, Kernel was unable to initialize cryptographic operations, crypto modules",
        "ENOENT, Kernel was unable to initialize cryptographic operations, crypto modules",
        "ELIBBAD, Kernel was unable to initialize cryptographic operations, crypto modules",
        "EINVAL, Unsupported mode,                                         CONFIG_XFRM_IPTFS",
        "EPROTONOSUPPORT, Requested mode not found,                        CONFIG_XFRM_IPTFS",
        "EINVAL, Unsupported encapsulation type for ESP,                   CONFIG_INET_ESPINTCP",
        "ERANGE, Attribute failed policy validation,                       newer than this program",
        "ERANGE, pCPU number too big,                                      CPUs count from 0"
    })
    void usualCausesAreTold(Errno errno, String text, String cause) {
        Request request = XfrmRequests.addState(
                XfrmState.builder(new SaId(IpAddress.ANY_V4, new Spi(1), IpProtocol.ESP), IpAddress.ANY_V4)
                        .build());
        assertThat(hint(request, errno, text)).contains(cause);
    }

    @ParameterizedTest
    @CsvSource({
        "aes,       aes is CONFIG_CRYPTO_CBC (module cbc)",
        "sha256,    sha256 is CONFIG_CRYPTO_SHA256",
        "cbc(aes),  cbc(aes) is CONFIG_CRYPTO_CBC",
        "sha384,    sha384 is no name that Linux knows",
        "rot13,     rot13 is no name that Linux knows"
    })
    void theOptionOfAMissingAlgorithmIsNamed(String name, String hint) {
        XfrmState state = XfrmState.builder(new SaId(IpAddress.ANY_V4, new Spi(1), IpProtocol.ESP), IpAddress.ANY_V4)
                .algorithms(List.of(new Algorithm.Encryption(name, Key.EMPTY)))
                .build();
        assertThat(hint(XfrmRequests.addState(state), Errno.ENOSYS, "")).contains(hint);
    }

    @Test
    void aRefusalWithoutUsualCauseHasNoHint() {
        assertThat(new XfrmDiagnosis()
                        .hint(
                                Fixtures.message("req-newsa-gcm.txt", "request"),
                                ErrorMessage.of(Errno.ERANGE, Optional.of("integer out of range"))))
                .isEmpty();
        assertThat(new XfrmDiagnosis()
                        .hint(
                                Fixtures.message("req-delsa.txt", "request"),
                                ErrorMessage.of(Errno.ENOMEM, Optional.empty())))
                .isEmpty();
    }

    private static String hint(Request request, Errno errno, String text) {
        MessageWriter out = new MessageWriter().begin(request.type(), 0, 1, 0);
        request.body().accept(out);
        NetlinkMessage message = NetlinkMessage.split(out.end().datagram()).get(0);
        return new XfrmDiagnosis()
                .hint(message, ErrorMessage.of(errno, Optional.of(text)))
                .orElseThrow();
    }
}
