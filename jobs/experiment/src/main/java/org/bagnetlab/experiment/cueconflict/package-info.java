/** Measures whether a network follows the lattice or the marks of an image. */
package org.bagnetlab.experiment.cueconflict;
