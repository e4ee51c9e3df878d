/** Intervals and tests of measured accuracies: pure functions of numbers. */
package org.bagnetlab.server.statistics;
