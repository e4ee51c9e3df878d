package org.bagnetlab.vision.architecture;

/**
 * Two networks that differ in one design choice.
 *
 * @param before registered name of the network with ResNet-50's choice, or of the deeper one
 * @param after registered name of the other network
 * @param change the change from before to after, for example {@code padding removed}
 */
public record ControlledChange(String before, String after, String change) {}
