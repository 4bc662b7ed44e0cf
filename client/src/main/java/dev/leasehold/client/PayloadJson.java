package dev.leasehold.client;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The JSON shape of a payload (decisions 7), a JSON document in it kept to the byte. */
final class PayloadJson {

    private PayloadJson() {}

    static final class Writer extends StdSerializer<Payload> {

        Writer() {
            super(Payload.class);
        }

        @Override
        public void serialize(Payload value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeStartObject();
            if (value.contentType() != null) {
                out.writeStringField("content_type", value.contentType());
            }
            switch (value.form()) {
                case JSON -> {
                    out.writeFieldName("json");
                    out.writeRawValue(value.text());
                }
                case TEXT -> out.writeStringField("text", value.text());
                case BASE64 ->
                    out.writeStringField("base64", Base64.getEncoder().encodeToString(value.bytes()));
            }
            out.writeEndObject();
        }
    }

    static final class Reader extends StdDeserializer<Payload> {

        Reader() {
            super(Payload.class);
        }

        @Override
        public Payload deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            String contentType = null;
            Payload.Form form = Payload.Form.BASE64;
            byte[] bytes = {};
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                switch (name) {
                    case "content_type" -> contentType = text(parser);
                    case "json" -> {
                        form = Payload.Form.JSON;
                        bytes = document(parser, (byte[]) context.getAttribute(Json.SOURCE));
                    }
                    case "text" -> {
                        form = Payload.Form.TEXT;
                        bytes = parser.getText().getBytes(StandardCharsets.UTF_8);
                    }
                    case "base64" -> bytes = parser.getBinaryValue();
                    default -> parser.skipChildren();
                }
            }
            return Payload.received(contentType, form, bytes);
        }

        private static @Nullable String text(JsonParser parser) throws IOException {
            return parser.currentToken() == JsonToken.VALUE_NULL ? null : parser.getText();
        }

        /** The document at the parser's token, as it stands in what is read. */
        private static byte[] document(JsonParser parser, byte[] source) throws IOException {
            int begin = (int) parser.currentTokenLocation().getByteOffset();
            parser.skipChildren();
            parser.finishToken();
            return Arrays.copyOfRange(
                    source, begin, (int) parser.currentLocation().getByteOffset());
        }
    }
}
