@NullMarked
package org.pingrecorder.testnet;

import org.jspecify.annotations.NullMarked;
