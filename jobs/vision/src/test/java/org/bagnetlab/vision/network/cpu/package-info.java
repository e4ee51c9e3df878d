@NullMarked
package org.bagnetlab.vision.network.cpu;

import org.jspecify.annotations.NullMarked;
