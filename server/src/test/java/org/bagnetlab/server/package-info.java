@NullMarked
package org.bagnetlab.server;

import org.jspecify.annotations.NullMarked;
