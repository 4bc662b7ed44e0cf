package dev.leasehold.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leasehold.settings.HostPattern;
import dev.leasehold.settings.Settings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetTest {

    private static final List<HostPattern> ALLOWED =
            hosts("a.example, b.example:8080, *.c.example, 10.0.0.1, [::1]:9000, other.example");

    private static List<HostPattern> hosts(String value) {
        return new Settings(Map.of("leasehold.http-hosts", value)::get).httpHosts();
    }

    @ParameterizedTest
    @CsvSource({
        "https://a.example/x?y#z, https://a.example",
        "HTTPS://A.Example./, https://a.example",
        "http://a.example, http://a.example",
        "https://a.example:443/, https://a.example",
        "http://b.example:8080/, http://b.example:8080",
        "https://b.example:8080/, https://b.example:8080",
        "https://x.y.c.example/, https://x.y.c.example",
        "http://10.0.0.1/, http://10.0.0.1",
        "http://[0:0::1]:9000/, http://[0:0:0:0:0:0:0:1]:9000",
        "http://[::ffff:10.0.0.1]/, http://10.0.0.1"
    })
    void aListedHostMayBeAsked(String url, String origin) {
        Target target = Target.of(url, ALLOWED);

        assertThat(target.origin()).isEqualTo(origin);
        assertThat(target.uri()).hasToString(url);
    }

    @ParameterizedTest
    @CsvSource({
        "https://evil.example/, evil.example:443 may not be asked: leasehold.http-hosts does not list it",
        "https://a.example:8443/, a.example:8443 may not be asked: leasehold.http-hosts does not list it",
        "http://b.example/, b.example:80 may not be asked: leasehold.http-hosts does not list it",
        "https://a.example.evil/, a.example.evil:443 may not be asked: leasehold.http-hosts does not list it",
        "https://c.example/, c.example:443 may not be asked: leasehold.http-hosts does not list it",
        "https://evilc.example/, evilc.example:443 may not be asked: leasehold.http-hosts does not list it",
        "http://127.0.0.1/, 127.0.0.1:80 may not be asked: leasehold.http-hosts does not list it",
        "http://2130706433/, 2130706433:80 may not be asked: leasehold.http-hosts does not list it",
        "http://[::1]/, [0:0:0:0:0:0:0:1]:80 may not be asked: leasehold.http-hosts does not list it",
        "https://evil.example/a.example, evil.example:443 may not be asked: leasehold.http-hosts does not list it",
        "https://evil.example?@a.example, evil.example:443 may not be asked: leasehold.http-hosts does not list it",
        "https://evil.example#@a.example, evil.example:443 may not be asked: leasehold.http-hosts does not list it",
        "https://a.example:0/, the URL's port must be from 1 to 65535",
        "https://a.example:65536/, the URL's port must be from 1 to 65535",
        "https://me:secret@a.example/, the URL must not carry credentials; send the header Authorization",
        "https://a.example@evil.example/, the URL must not carry credentials; send the header Authorization",
        "https://@a.example/, the URL must not carry credentials; send the header Authorization",
        "https://a_b@c.example/, the URL must not carry credentials; send the header Authorization",
        "ftp://a.example/, the URL must begin with http:// or https://",
        "file:///etc/passwd, the URL must begin with http:// or https://",
        "jar:https://a.example/, the URL must begin with http:// or https://",
        "//a.example/, the URL must begin with http:// or https://",
        "a.example, the URL must begin with http:// or https://",
        "'', the URL must begin with http:// or https://",
        "'https://a.example\\@evil.example/', the URL cannot be read: Illegal character in authority at character 8",
        "'https://a.example/ x', the URL cannot be read: Illegal character in path at character 18",
        "'https://a.example/\r\nX: y', the URL cannot be read: Illegal character in path at character 18"
    })
    void anyOtherMayNot(String url, String message) {
        assertThatThrownBy(() -> Target.of(url, ALLOWED))
                .isInstanceOf(UnsendableRequest.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource({
        "https:///x",
        "https:x",
        "http://127.1/",
        "http://0x7f.0.0.1/",
        "http://a_b.example/",
        "http://bücher.example/",
        "http://[fe80::1%25eth0]/",
        "http://a.example:80:80/"
    })
    void aHostThatCanBeReadInTwoWaysIsNone(String url) {
        assertThatThrownBy(() -> Target.of(url, ALLOWED))
                .isInstanceOf(UnsendableRequest.class)
                .hasMessageMatching("the URL must name its host: .*|the URL cannot be read: .*");
    }

    @Test
    void anEmptyListAllowsNothingAndIsNamed() {
        assertThatThrownBy(() -> Target.of("https://a.example/", List.of()))
                .isInstanceOf(UnsendableRequest.class)
                .hasMessage("no host may be asked: leasehold.http-hosts is empty on this node");
    }

    @Test
    void aUrlHasItsLength() {
        String longest = "https://a.example/" + "x".repeat(8192 - 18);

        assertThat(Target.of(longest, ALLOWED).uri()).hasToString(longest);
        assertThatThrownBy(() -> Target.of(longest + "x", ALLOWED)).hasMessage("the URL has more than 8192 characters");
    }

    @ParameterizedTest
    @CsvSource({
        "/z, https://a.example/z",
        "z?q, https://a.example/x/z?q",
        "//other.example/z, https://other.example/z",
        "https://other.example, https://other.example",
        "?q, https://a.example/x/y?q",
        "?, https://a.example/x/y?",
        "'', https://a.example/x/y?old",
        "#f, https://a.example/x/y?old"
    })
    void aRedirectIsResolved(String location, String url) {
        assertThat(Target.of("https://a.example/x/y?old", ALLOWED)
                        .redirected(location, ALLOWED)
                        .uri())
                .hasToString(url);
    }

    @ParameterizedTest
    @CsvSource({"z, https://a.example/z", "?q, https://a.example/?q", "'', https://a.example/"})
    void aRedirectFromAUrlWithoutAPathStaysOnItsHost(String location, String url) {
        assertThat(Target.of("https://a.example", ALLOWED)
                        .redirected(location, ALLOWED)
                        .uri())
                .hasToString(url);
    }

    @ParameterizedTest
    @CsvSource({
        "//evil.example/, evil.example:443 may not be asked: leasehold.http-hosts does not list it",
        "http://a.example/, a redirect from https to http is not followed",
        "https://me@a.example/, the URL must not carry credentials; send the header Authorization",
        "file:///etc/passwd, the URL must begin with http:// or https://",
        "' ', the redirect's Location cannot be read"
    })
    void aRedirectIsCheckedLikeAUrl(String location, String message) {
        Target target = Target.of("https://a.example/x", ALLOWED);

        assertThatThrownBy(() -> target.redirected(location, ALLOWED))
                .isInstanceOf(UnsendableRequest.class)
                .hasMessage(message);
    }
}
