package org.pingrecorder.recorder.intake;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.pingrecorder.recorder.database.Database;
import org.pingrecorder.recorder.ips.IpStore;
import org.pingrecorder.recorder.ips.Registration;

/**
 * Keeps deliveries in the tables: one transaction for all, in which the high-water marks of their
 * spools move. Locks are taken in one order, spools before ips and each by key, so that two
 * recorders never wait for each other in a circle.
 */
@Singleton
final class TableDeliveryStore implements DeliveryStore {

    private final Database database;
    private final IpStore ips;
    private final SpoolClocks clocks;
    private final RefusalStore refusals;
    private final MetricSink metrics;
    private final StoredListener listener;

    TableDeliveryStore(
            Database database,
            IpStore ips,
            SpoolClocks clocks,
            RefusalStore refusals,
            MetricSink metrics,
            StoredListener listener) {
        this.database = database;
        this.ips = ips;
        this.clocks = clocks;
        this.refusals = refusals;
        this.metrics = metrics;
        this.listener = listener;
    }

    /** The batches of a delivery that are new. */
    record News(Delivery delivery, List<Batch> batches) {}

    private record Stored(List<List<Boolean>> isNew, List<StoredUpload> uploads) {}

    @Override
    public List<List<Boolean>> store(List<Delivery> deliveries) throws SQLException {
        try {
            Stored stored = database.inTransaction(connection -> store(connection, deliveries));
            rememberClocks(deliveries, stored.isNew());
            listener.stored(stored.uploads());
            return stored.isNew();
        } catch (Throwable e) { // also when memory is short
            // Ids of ips that this transaction registered are none.
            deliveries.forEach(delivery -> delivery.ips().forget());
            throw e;
        }
    }

    private void rememberClocks(List<Delivery> deliveries, List<List<Boolean>> isNew) {
        for (int i = 0; i < deliveries.size(); i++) {
            List<Batch> batches = deliveries.get(i).batches();
            for (int j = 0; j < batches.size(); j++) {
                SpoolClocks.Spool spool = batches.get(j).spool();
                if (spool != null && isNew.get(i).get(j)) {
                    clocks.stored(spool, batches.get(j).clock());
                }
            }
        }
    }

    private Stored store(Connection connection, List<Delivery> deliveries) throws SQLException {
        checkRegistry(connection, deliveries);
        Marks marks = Marks.lock(connection, deliveries);
        List<List<Boolean>> isNew = new ArrayList<>(deliveries.size());
        List<News> all = new ArrayList<>(deliveries.size());
        for (Delivery delivery : deliveries) {
            List<Boolean> moves = delivery.batches().stream().map(marks::move).toList();
            List<Batch> kept = new ArrayList<>(moves.size());
            for (int i = 0; i < moves.size(); i++) {
                if (moves.get(i)) {
                    kept.add(delivery.batches().get(i));
                }
            }
            isNew.add(moves);
            all.add(new News(delivery, kept));
        }
        resolve(connection, all);
        List<StoredUpload> uploads = UploadRows.insert(connection, all);
        SpanRows.insert(connection, all);
        insertMetrics(connection, all);
        refusals.insert(connection, all);
        marks.store(connection);
        SeenClients.mark(connection, all);
        return new Stored(isNew, uploads);
    }

    private void insertMetrics(Connection connection, List<News> all) throws SQLException {
        SortedMap<String, List<MetricSample>> byClient = new TreeMap<>();
        for (News news : all) {
            for (Batch batch : news.batches()) {
                if (!batch.metrics().isEmpty()) {
                    byClient.computeIfAbsent(news.delivery().client(), _ -> new ArrayList<>())
                            .addAll(batch.metrics());
                }
            }
        }
        if (!byClient.isEmpty()) {
            metrics.insert(connection, byClient);
        }
    }

    /** Adds new clients, and forgets ids that others may have taken off the list since. */
    private void checkRegistry(Connection connection, List<Delivery> deliveries)
            throws SQLException {
        TreeSet<String> names = new TreeSet<>();
        deliveries.forEach(delivery -> names.add(delivery.client()));
        Map<String, Long> revisions = ips.revisions(connection, names);
        if (revisions.size() < names.size()) {
            ips.addClients(connection, names);
            revisions = ips.revisions(connection, names);
        }
        for (Delivery delivery : deliveries) {
            Long revision = revisions.get(delivery.client());
            if (revision == null) {
                throw new SQLException("client " + delivery.client() + " is gone again");
            }
            delivery.ips().expect(revision);
        }
    }

    private void resolve(Connection connection, List<News> all) throws SQLException {
        Map<KnownIp, Registration> wanted = new LinkedHashMap<>();
        for (News news : all) {
            String client = news.delivery().client();
            for (Batch batch : news.batches()) {
                batch.series().forEach(one -> want(wanted, client, one.ip(), one.name()));
                batch.running().forEach(one -> want(wanted, client, one.ip(), null));
                batch.gaps().forEach(gap -> want(wanted, client, gap.ip(), null));
            }
        }
        if (wanted.isEmpty()) {
            return;
        }
        List<IpStore.Known> found = ips.resolve(connection, List.copyOf(wanted.values()));
        int i = 0;
        for (KnownIp ip : wanted.keySet()) {
            ip.learn(found.get(i++));
        }
    }

    private static void want(
            Map<KnownIp, Registration> wanted,
            String client,
            @Nullable KnownIp ip,
            @Nullable String name) {
        if (ip == null || (ip.id() != 0 && ip.isListed() && (name == null || ip.isNamed()))) {
            return;
        }
        Registration earlier = wanted.get(ip);
        if (earlier == null || (earlier.name() == null && name != null)) {
            wanted.put(ip, new Registration(client, ip.address(), ip.family(), name, null));
        }
    }
}
