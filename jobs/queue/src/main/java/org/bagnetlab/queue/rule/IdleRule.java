package org.bagnetlab.queue.rule;

import java.time.Duration;

/**
 * Finds jobs that hardly use their device.
 *
 * @param below share of the device, in (0, 1]: of a GPU's time, or of the processor time of the
 *     threads that the worker may use
 * @param lasting how long the mean share must be below this
 * @param action what happens to them
 */
public record IdleRule(double below, Duration lasting, RuleAction action) {}
