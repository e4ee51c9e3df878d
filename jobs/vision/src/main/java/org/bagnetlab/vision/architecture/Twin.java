package org.bagnetlab.vision.architecture;

/**
 * A network with the same tensors as another: only the names in a checkpoint distinguish them.
 *
 * @param name registered name of the twin
 * @param hasOtherNames whether it is the twin whose weights are published under the names that
 *     {@link Blueprint#renaming()} translates, or the network itself
 */
public record Twin(String name, boolean hasOtherNames) {}
