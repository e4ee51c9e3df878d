/** Whether a network decides by the lattice or by the marks of an image. */
@NullMarked
package org.bagnetlab.experiment.cueconflict;

import org.jspecify.annotations.NullMarked;
