/** The networks, data sets and weights that a request may name. */
@NullMarked
package org.bagnetlab.experiment.catalogue;

import org.jspecify.annotations.NullMarked;
