/** What notifications say: their content, and its forms as text, HTML and Markdown. */
package org.bagnetlab.server.message;
