package org.pingrecorder.agent.status;

import java.util.Comparator;
import java.util.List;
import org.pingrecorder.agent.table.TextTable;
import org.pingrecorder.wire.Client;

/** How each client stands with the recorder. */
final class ClientsTable {

    private ClientsTable() {}

    /** A row a client, by name. */
    static String text(List<Client> clients) {
        TextTable table =
                new TextTable(
                        7,
                        "client",
                        "state",
                        "since (UTC)",
                        "plan",
                        "follows",
                        "paused",
                        "cut off",
                        "waiting");
        clients.stream()
                .sorted(Comparator.comparing(Client::client))
                .forEach(
                        client ->
                                table.row(
                                        client.client(),
                                        client.state().text(),
                                        client.stateSince() == null
                                                ? "-"
                                                : StatusTable.dayAndTime(client.stateSince()),
                                        client.planRevision() == 0
                                                ? "-"
                                                : String.valueOf(client.planRevision()),
                                        follows(client),
                                        client.paused() ? "yes" : "no",
                                        cutOff(client),
                                        client.spooledPings() == null
                                                ? "-"
                                                : String.valueOf(client.spooledPings())));
        return table.text();
    }

    private static String cutOff(Client client) {
        if (client.cutOff() == null) {
            return "-";
        }
        return client.cutOff() ? "yes" : "no";
    }

    private static String follows(Client client) {
        if (client.planRevision() == 0) {
            return "-";
        }
        return client.planAcked() == client.planRevision() ? "yes" : "no";
    }
}
