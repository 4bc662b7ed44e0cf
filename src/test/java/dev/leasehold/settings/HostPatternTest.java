package dev.leasehold.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostPatternTest {

    private static Settings hosts(String value) {
        return new Settings(Map.of("leasehold.http-hosts", value)::get);
    }

    @ParameterizedTest
    @CsvSource({
        "example.com, example.com, false, 0",
        "EXAMPLE.com.:8443, example.com, false, 8443",
        "*.Example.com, example.com, true, 0",
        "*.example.com:65535, example.com, true, 65535",
        "localhost:1, localhost, false, 1",
        "xn--bcher-kva.example, xn--bcher-kva.example, false, 0",
        "10.0.0.1, 10.0.0.1, false, 0",
        "[::1]:80, [0:0:0:0:0:0:0:1], false, 80",
        "[2001:DB8::1], [2001:db8:0:0:0:0:0:1], false, 0",
        "[::ffff:10.0.0.1], 10.0.0.1, false, 0"
    })
    void anEntryIsRead(String entry, String host, boolean below, int port) {
        assertThat(hosts(entry).httpHosts()).containsExactly(new HostPattern(host, below, port));
    }

    @Test
    void entriesStandBetweenCommas() {
        assertThat(hosts(" a.example , b.example:81 ").httpHosts())
                .containsExactly(new HostPattern("a.example", false, 0), new HostPattern("b.example", false, 81));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "*.",
                "*:80",
                "a.*",
                "*a.example",
                "http://a.example",
                "a.example/",
                "a.example:0",
                "a.example:65536",
                "a.example:",
                "a.example:x",
                "me@a.example",
                "a..example",
                "-a.example",
                "a_b.example",
                "bücher.example",
                "a b",
                "::1",
                "[::1",
                "[::g]",
                "[1:2]",
                "*.[::1]",
                "*.10.0.0.1",
                "[fe80::1%eth0]",
                ".",
                "a.example:080"
            })
    void anythingElseStopsTheStart(String entry) {
        assertThatThrownBy(() -> hosts("ok.example," + entry).check())
                .isInstanceOf(InvalidSetting.class)
                .hasMessage(
                        "leasehold.http-hosts is '" + entry + "', but must be host, host:port or *.domain, separated by"
                                + " commas, each a name in ASCII, an IPv4 address or an IPv6 address in brackets, the port from 1"
                                + " to 65535");
    }

    @ParameterizedTest
    @ValueSource(strings = {",", "a.example,", ",a.example", "a.example,,b.example"})
    void anEmptyEntryStopsTheStart(String value) {
        assertThatThrownBy(() -> hosts(value).check())
                .isInstanceOf(InvalidSetting.class)
                .hasMessageStartingWith("leasehold.http-hosts is '', but must be host, ");
    }

    @ParameterizedTest
    @CsvSource({
        "a.example, a.example, 443, true",
        "a.example, a.example, 80, false",
        "a.example, b.a.example, 443, false",
        "a.example, xa.example, 443, false",
        "a.example, a.example.evil, 443, false",
        "a.example:80, a.example, 80, true",
        "a.example:80, a.example, 443, false",
        "*.a.example, b.a.example, 443, true",
        "*.a.example, c.b.a.example, 443, true",
        "*.a.example, a.example, 443, false",
        "*.a.example, ba.example, 443, false",
        "*.a.example, b.a.example, 80, false",
        "*.a.example:80, b.a.example, 80, true"
    })
    void anEntryAllowsItsHostAtItsPort(String entry, String host, int port, boolean allowed) {
        assertThat(HostPattern.of(entry).allows(host, port, 443)).isEqualTo(allowed);
    }
}
