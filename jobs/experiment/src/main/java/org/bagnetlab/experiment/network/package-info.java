/** The network that a job is about, trained here or imported, and the images that it gets. */
@NullMarked
package org.bagnetlab.experiment.network;

import org.jspecify.annotations.NullMarked;
