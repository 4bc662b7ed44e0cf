package dev.leasehold.settings;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An entry of {@code leasehold.http-hosts}: which host and port a request may go to.
 *
 * @param host its name or address, as {@link #canonical} writes it
 * @param below whether it stands for every name below that name, and not for the name itself
 * @param port the only port; 0 for the one that the scheme has by default
 */
public record HostPattern(String host, boolean below, int port) {

    private static final String KEY = "leasehold.http-hosts";
    private static final String ALLOWED =
            "host, host:port or *.domain, separated by commas, each a name in ASCII, an IPv4"
                    + " address or an IPv6 address in brackets, the port from 1 to 65535";
    private static final String LABEL = "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
    private static final Pattern ENTRY = Pattern.compile("(?<below>\\*\\.)?(?<host>" + LABEL + "(\\." + LABEL
            + ")*\\.?|\\[[0-9A-Fa-f:.]{2,45}])(:(?<port>[1-9][0-9]{0,4}))?");
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]*[0-9]");
    private static final int LAST_PORT = 65_535;

    /**
     * Reads an entry.
     *
     * @throws InvalidSetting when it is none
     */
    static HostPattern of(String entry) {
        Matcher parts = ENTRY.matcher(entry);
        if (!parts.matches()) {
            throw new InvalidSetting(KEY, entry, ALLOWED);
        }
        boolean below = parts.group("below") != null;
        String host = canonical(parts.group("host"));
        int port = parts.group("port") == null ? 0 : Integer.parseInt(parts.group("port"));
        if (port > LAST_PORT || host.isEmpty() || (below && isAddress(host))) {
            throw new InvalidSetting(KEY, entry, ALLOWED);
        }
        return new HostPattern(host, below, port);
    }

    /** Reads all entries. */
    static List<HostPattern> all(List<String> entries) {
        return entries.stream().map(HostPattern::of).toList();
    }

    private static boolean isAddress(String host) {
        return host.startsWith("[") || ADDRESS.matcher(host).matches();
    }

    /**
     * One way of writing each host: small letters, no dot at the end, an IPv6 address in its full form.
     *
     * @return empty when the brackets hold no address
     */
    public static String canonical(String host) {
        String small = host.toLowerCase(Locale.ROOT);
        if (!small.startsWith("[")) {
            return small.endsWith(".") ? small.substring(0, small.length() - 1) : small;
        }
        try {
            String address = InetAddress.getByName(small).getHostAddress();
            return address.contains(":") ? "[" + address + "]" : address;
        } catch (UnknownHostException e) {
            return "";
        }
    }

    /**
     * Whether a request may go there.
     *
     * @param name the host, as {@link #canonical} writes it
     * @param number the port that it goes to
     * @param usual the port that its scheme has by default
     */
    public boolean allows(String name, int number, int usual) {
        boolean named = below ? name.endsWith("." + host) : name.equals(host);
        return named && number == (port == 0 ? usual : port);
    }
}
