@NullMarked
package org.bagnetlab.server.http;

import org.jspecify.annotations.NullMarked;
