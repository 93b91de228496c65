package org.pingrecorder.testnet;

/**
 * What the far end saw and did for one prefix.
 *
 * @param requests echo requests that arrived
 * @param replies echo replies sent, wrong ones and duplicates included
 * @param errors ICMP errors sent
 */
public record PrefixCounts(long requests, long replies, long errors) {}
