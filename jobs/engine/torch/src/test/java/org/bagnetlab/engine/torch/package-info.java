@NullMarked
package org.bagnetlab.engine.torch;

import org.jspecify.annotations.NullMarked;
