package org.bagnetlab.vision.architecture;

/**
 * A network with the same tensors as another, distinguished only by the names in a checkpoint.
 *
 * @param name registered name of the twin
 * @param hasOtherNames whether the twin's weights are published under the names that {@link
 *     Blueprint#renaming()} translates; otherwise the network's own are
 */
public record Twin(String name, boolean hasOtherNames) {}
