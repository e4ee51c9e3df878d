@NullMarked
package org.bagnetlab.experiment.network;

import org.jspecify.annotations.NullMarked;
