/** Measures whether a network follows the lattice or the marks of an image. */
@NullMarked
package org.bagnetlab.experiment.cueconflict;

import org.jspecify.annotations.NullMarked;
