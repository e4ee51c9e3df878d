/** Intervals and tests of measured accuracies: pure functions of numbers. */
@NullMarked
package org.bagnetlab.server.statistics;

import org.jspecify.annotations.NullMarked;
