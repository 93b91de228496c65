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
        TextTable table = new TextTable(4, "client", "state", "since (UTC)", "plan", "waiting");
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
                                        plan(client),
                                        client.spooledPings() == null
                                                ? "-"
                                                : String.valueOf(client.spooledPings())));
        return table.text();
    }

    private static String plan(Client client) {
        String wanted = client.planRevision() == 0 ? "none" : String.valueOf(client.planRevision());
        String acked =
                client.planAcked() == client.planRevision()
                        ? ""
                        : ", follows " + (client.planAcked() == 0 ? "none" : client.planAcked());
        return wanted + acked + (client.paused() ? ", paused" : "");
    }
}
