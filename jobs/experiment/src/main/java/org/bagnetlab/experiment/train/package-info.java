/** Training a network and measuring it. */
@NullMarked
package org.bagnetlab.experiment.train;

import org.jspecify.annotations.NullMarked;
