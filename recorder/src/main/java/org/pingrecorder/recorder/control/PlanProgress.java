package org.pingrecorder.recorder.control;

/** How far a connection's client is with its plan. Thread-safe. */
final class PlanProgress {

    private long followed;
    private long sent;
    private int sends;
    private long sentNanos;
    private boolean waiting;
    private boolean queued;

    /** Whether the plan is to be looked at now; not if that is going to happen already. */
    synchronized boolean queue() {
        boolean isNew = !queued;
        queued = true;
        return isNew;
    }

    /** The plan is looked at from now on: what changes later asks for another look. */
    synchronized void look() {
        queued = false;
    }

    /** The client follows that plan. */
    synchronized void follows(long revision) {
        followed = revision;
        if (sends == 0 || revision == sent) {
            waiting = false;
        }
    }

    /** A plan was sent that the client has to acknowledge. */
    synchronized void sent(long revision, long nowNanos) {
        sends = revision == sent && waiting ? sends + 1 : 1;
        sent = revision;
        sentNanos = nowNanos;
        waiting = true;
    }

    synchronized boolean isFollowed(long revision) {
        return followed == revision;
    }

    /** Whether the plan of that revision is on its way already. */
    synchronized boolean isSent(long revision) {
        return waiting && sent == revision;
    }

    /** Whether the plan that was sent is to be sent again. */
    synchronized boolean isDue(long nowNanos, Pace pace) {
        long pause = (sends == 1 ? pace.firstResend() : pace.resend()).toNanos();
        return waiting && nowNanos - sentNanos >= pause;
    }
}
