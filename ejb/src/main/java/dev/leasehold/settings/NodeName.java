package dev.leasehold.settings;

/** This node's name: the one that is set, or else the server's own where it has one. */
final class NodeName {

    private NodeName() {}

    static String of(Values values) {
        String name = values.text("leasehold.node", values.text("jboss.node.name", "node"));
        if (!name.matches("[A-Za-z0-9._:-]{1,128}")) {
            throw new InvalidSetting("leasehold.node", name, "1 to 128 of letters, digits and . _ : -");
        }
        return name;
    }
}
