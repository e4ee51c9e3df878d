/**
 * Confidence intervals and statistical tests for measured accuracies, as pure functions of numbers.
 */
package org.bagnetlab.server.statistics;
